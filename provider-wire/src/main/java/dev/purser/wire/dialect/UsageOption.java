package dev.purser.wire.dialect;

import dev.purser.wire.host.AzureVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a stream may be asked for its usage by {@code stream_options.include_usage}. */
final class UsageOption {

  /** Mistral refuses the field with a 422; both state the usage of a stream unasked. */
  private static final Set<String> UNASKED = Set.of("mistral", "perplexity");

  /** Snowflake's older endpoint, which is documented without the option. */
  static final String CORTEX = "/inference:complete";

  /** Portkey's stored prompts, which may be meant for any provider. */
  private static final String PROMPTS = "/prompts/";

  private UsageOption() {}

  /** Whether the option does no harm and is needed; if in doubt it is left out. */
  static boolean usable(@Nullable String provider, String path, @Nullable String query) {
    if (PathEnd.is(path, CORTEX) || path.contains(PROMPTS)) {
      return false;
    }
    if (provider == null) {
      return true;
    }
    if (provider.equals("azure") && path.contains("/deployments/")) {
      return AzureVersion.isCurrent(query);
    }
    return !UNASKED.contains(provider);
  }
}
