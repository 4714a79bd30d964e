package dev.purser.wire.host;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of Azure's API that a query asks for. Azure answers a field that is newer than the
 * version with status 400.
 */
public final class AzureVersion {

  /** From here on there are {@code stream_options} and {@code max_completion_tokens}. */
  private static final String CURRENT = "2024-09-01";

  private static final int DATE = CURRENT.length();
  private static final String NAME = "api-version=";
  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

  private AzureVersion() {}

  /** Azure ignores the case of the parameter's name; of a repeated one every value must do. */
  public static boolean isCurrent(@Nullable String query) {
    boolean current = false;
    for (String each : query == null ? new String[0] : query.split("&", -1)) {
      if (each.regionMatches(true, 0, NAME, 0, NAME.length())) {
        String version = each.substring(NAME.length());
        current =
            DATED.matcher(version).matches() && version.substring(0, DATE).compareTo(CURRENT) >= 0;
        if (!current) {
          return false;
        }
      }
    }
    return current;
  }
}
