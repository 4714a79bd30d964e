package dev.purser.wire.host;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is named as the provider of a model. A host that nobody knows, such as a gateway or loopback,
 * is OpenAI only for models of OpenAI's own: at OpenAI's prices another vendor's model would be
 * unknown, while under {@link #OTHER} it is priced by the name patterns of its vendor.
 */
public final class ModelOwner {

  /** Stands in no price table, so that the model's name alone decides. */
  public static final String OTHER = "other";

  private static final String OPENAI = "openai";

  /** As listed on OpenAI's page of models, the fine-tuned ones included. */
  private static final Pattern OPENAIS_OWN = Pattern.compile(
      "(?:openai/)?(?:ft:)?(?:(?:chat)?gpt-|o[134](?:-|$)|text-embedding-|codex|davinci|babbage"
          + "|computer-use).*",
      Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private ModelOwner() {}

  /**
   * Returns the provider to name.
   *
   * @param known the provider known by the host, or null
   * @param model the model's name, empty if none is stated
   */
  public static String of(@Nullable String known, String model) {
    if (known != null) {
      return known;
    }
    return model.isEmpty() || OPENAIS_OWN.matcher(model).matches() ? OPENAI : OTHER;
  }
}
