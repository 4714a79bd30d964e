package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What pictures may be billed: the tokens of each where its model is known to be billed by them, and so
 * many at the most; else pictures.
 *
 * @param model the model's name, whatever stands before it
 * @param quality as asked for, or null
 * @param size as asked for, or null
 * @param partial how many pictures are shown half done, at 100 tokens each
 * @see <a href="https://platform.openai.com/docs/guides/image-generation#cost-and-latency">OpenAI: cost
 *     and latency of image generation, partial images</a>
 */
record PictureBill(
    String model,
    @Nullable String quality,
    @Nullable String size,
    @Nullable BigDecimal partial) {

  private static final long PARTIAL_TOKENS = 100;
  private static final BigDecimal MOST_PARTIAL = BigDecimal.valueOf(16);

  /** Adds the pictures, unless tokens are billed for them. */
  void tell(int count, Prompt.Builder prompt) {
    if (!name().startsWith("gpt-image") && !name().startsWith("chatgpt-image")) {
      prompt.fees(UsageKind.PICTURE, count);
    }
  }

  /** Returns the most tokens of a picture; empty where they are not known, or none are billed. */
  OptionalLong most() {
    boolean known = name().startsWith("gpt-image-1") || name().startsWith("chatgpt-image");
    if (!known) {
      return OptionalLong.empty(); // later ones make pictures of any size
    }
    long shown =
        partial == null || partial.signum() < 0 ? 0 : partial.min(MOST_PARTIAL).longValue();
    return OptionalLong.of(ImageTokens.of(quality == null ? "" : quality, size == null ? "" : size)
        + shown * PARTIAL_TOKENS);
  }

  private String name() {
    String name = model.toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
