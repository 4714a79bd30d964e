package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * Qwen's rule, and that for whoever states none: a token for each 28 pixels squared, 16,384 at the
 * most (model card of Qwen2-VL-7B-Instruct, huggingface.co). No other known rule cuts finer, but for
 * Pixtral's. Many small models make every image the same size: it counts no less than theirs.
 */
final class PatchMedia implements MediaTokens {

  static final MediaTokens RULES = new PatchMedia();

  private static final int PATCH = 28;
  private static final long MOST = 16_384;
  private static final long LEAST = 1_024;
  private static final long PAGE_TEXT = 3_000;
  /** A page is made a picture of about 1,600 pixels. */
  private static final long PAGE_PICTURE = 4_784;

  private PatchMedia() {}

  @Override
  public long image(String model, Media image) {
    if (image.width() <= 0 || image.height() <= 0) {
      return MOST;
    }
    long patches =
        MediaLength.ceilDiv(image.width(), PATCH) * MediaLength.ceilDiv(image.height(), PATCH);
    // One before it and one behind.
    return Math.min(MOST, Math.max(LEAST, patches + 2));
  }

  @Override
  public long audioSecond() {
    return GeminiMedia.AUDIO_SECOND;
  }

  @Override
  public long page(String model, Media document) {
    return PAGE_TEXT + PAGE_PICTURE;
  }
}
