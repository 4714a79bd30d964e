package dev.purser.wire;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a stream may be asked for its usage by {@code stream_options.include_usage}. */
final class UsageOption {

  /** Mistral refuses the field with a 422; both state the usage of a stream unasked. */
  private static final Set<String> UNASKED = Set.of("mistral", "perplexity");

  /** Azure refuses the field at its deployments before this version of the API. */
  private static final String FIRST_AZURE_VERSION = "2024-09-01";

  private static final int DATE = FIRST_AZURE_VERSION.length();
  private static final String VERSION_NAME = "api-version=";
  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

  private UsageOption() {}

  /** Whether the option does no harm and is needed; if in doubt it is left out. */
  static boolean usable(@Nullable String provider, String path, @Nullable String query) {
    if (provider == null) {
      return true;
    }
    if (provider.equals("azure") && path.contains("/deployments/")) {
      return query != null && isRecent(query);
    }
    return !UNASKED.contains(provider);
  }

  /** Azure ignores the case of the parameter's name; of a repeated one every value must do. */
  private static boolean isRecent(String query) {
    boolean recent = false;
    for (String each : query.split("&", -1)) {
      if (each.regionMatches(true, 0, VERSION_NAME, 0, VERSION_NAME.length())) {
        String version = each.substring(VERSION_NAME.length());
        recent = DATED.matcher(version).matches()
            && version.substring(0, DATE).compareTo(FIRST_AZURE_VERSION) >= 0;
        if (!recent) {
          return false;
        }
      }
    }
    return recent;
  }
}
