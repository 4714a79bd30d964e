package dev.purser.wire.dialect;

import dev.purser.wire.host.AzureVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The field that caps the output where a request has none yet. A provider answers the wrong one with
 * an error, or ignores it, and an ignored cap would be no cap.
 */
final class CapField {

  /**
   * Models that refuse the old field wherever they are served: o1, o3, gpt-5 and later; but not
   * gpt-35-turbo, as Azure writes it. Gateways put a provider before the name.
   */
  private static final Pattern NEW_ONLY =
      Pattern.compile("(?:.*[/:])?(?:o\\d|gpt-(?:[5-9]|[12]\\d)).*", Pattern.DOTALL);

  private CapField() {}

  /**
   * Whether all models at this address take the new field. Azure's do at a deployment, whose name
   * says nothing of its model, if the version is not too old to know the field.
   *
   * @param provider the provider known by its host, or null
   */
  static boolean isNewFor(@Nullable String provider, String path, @Nullable String query) {
    if ("azure".equals(provider)) {
      return path.contains("/deployments/")
          ? AzureVersion.isCurrent(query)
          : path.contains("/openai/v1/");
    }
    return "openai".equals(provider) && PathEnd.is(path, "/chat/completions");
  }

  /**
   * Returns the field's name. A host that nobody knows gets the old one, which every server of this
   * API honours, unless the model refuses it.
   *
   * @param newForAll whether all models at this address take the new field
   */
  static String of(boolean newForAll, String model) {
    return newForAll || NEW_ONLY.matcher(model).matches() ? ChatBody.NEW_CAP : ChatBody.OLD_CAP;
  }
}
