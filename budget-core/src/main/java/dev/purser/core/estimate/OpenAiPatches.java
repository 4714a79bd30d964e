package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;
import org.jspecify.annotations.Nullable;

/**
 * How OpenAI's newer models count an image: by patches of 32 pixels, at most so many, times a factor
 * ("Images and vision", 2026). The factor 1.2 of the models that the guide names none for is what was
 * measured and told in OpenAI's developer forum ("Introducing GPT-5.4 mini and nano", 2026).
 *
 * @param high how many patches at the most, at detail high
 * @param original how many at the most at detail original
 * @param automatic how many at the most where no detail is asked for
 * @param percent the factor, in hundredths
 * @param lowCounts whether detail low makes an image smaller; for small models it does not
 */
record OpenAiPatches(int high, int original, int automatic, int percent, boolean lowCounts) {

  private static final int PATCH = 32;
  /** Detail low is an image of 512 by 512 pixels. */
  private static final int LOW = 256;

  /** The largest of the limited budgets; also for what has no limit, where its size is not known. */
  private static final int LARGEST = 10_000;

  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** Since gpt-5.6: nothing is scaled down unless a detail is asked for. */
  static final OpenAiPatches NEWEST = new OpenAiPatches(2500, UNLIMITED, UNLIMITED, 120, true);

  private static OpenAiPatches small(int percent) {
    return new OpenAiPatches(1536, 1536, 1536, percent, false);
  }

  /** Returns the rule of a model, or null if it counts tiles, or nobody knows what it counts. */
  static @Nullable OpenAiPatches of(String model) {
    if (isSmall(model, "mini")) {
      return small(162);
    } else if (isSmall(model, "nano")) {
      return small(246);
    } else if (model.startsWith("o4-mini") || model.startsWith("codex-mini")) {
      return small(172);
    } else if (model.startsWith("gpt-5.1")
        || model.startsWith("gpt-5.2")
        || model.startsWith("gpt-5.3")
        || model.contains("-codex")) {
      return small(120);
    } else if (model.startsWith("gpt-5.4")) {
      return new OpenAiPatches(2500, LARGEST, 2500, 120, true);
    } else if (model.startsWith("gpt-5.5")) {
      return new OpenAiPatches(2500, LARGEST, LARGEST, 120, true);
    }
    return model.startsWith("gpt-5.") || model.startsWith("gpt-6") ? NEWEST : null;
  }

  private static boolean isSmall(String model, String size) {
    return (model.startsWith("gpt-5") || model.startsWith("gpt-4.1") || model.startsWith("gpt-6"))
        && model.contains("-" + size);
  }

  long tokens(Media image) {
    long patches = patches(image);
    long most = switch (image.detail()) {
      case "low" -> lowCounts ? LOW : high;
      case "high" -> high;
      case "original" -> original;
      default -> automatic;
    };
    return Math.min(patches, most) * percent / 100 + 1;
  }

  private static long patches(Media image) {
    if (image.width() <= 0 || image.height() <= 0) {
      return LARGEST;
    }
    return MediaLength.ceilDiv(image.width(), PATCH) * MediaLength.ceilDiv(image.height(), PATCH);
  }
}
