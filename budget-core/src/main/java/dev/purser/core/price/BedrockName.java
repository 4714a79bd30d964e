package dev.purser.core.price;

import dev.purser.api.ModelId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of models at AWS Bedrock. An id there says more than the maker's own name, by which an answer may
 * call the model: {@code global.anthropic.claude-haiku-4-5-20251001-v1:0}, of which the first part decides
 * the price.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html">AWS:
 *     inference profiles</a>
 */
final class BedrockName {

  private static final String PROVIDER = "aws";

  /** What may stand before the maker's own name, and behind it. */
  private static final Pattern AROUND =
      Pattern.compile("^(?:.*/)?(?:[a-z-]+\\.)?[a-z0-9]+\\.|-v\\d+(?::[0-9a-z]+)*$");

  private BedrockName() {}

  /** Whether an answer names, by its maker's own name, just the model that was asked for. */
  static boolean isMakersName(ModelId asked, ModelId answered) {
    return asked.provider().equals(PROVIDER)
        && answered.provider().equals(PROVIDER)
        && AROUND
            .matcher(asked.name().toLowerCase(Locale.ROOT))
            .replaceAll("")
            .equals(answered.name().toLowerCase(Locale.ROOT));
  }
}
