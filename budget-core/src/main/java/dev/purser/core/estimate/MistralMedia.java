package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * Mistral's rules, from its own library (mistralai.github.io/mistral-common/usage/images, 2026):
 * Pixtral takes a token for each 16 pixels squared of an image of at most 1,024 a side, later models
 * for each 28 of at most 1,540, and each row ends with a token.
 */
final class MistralMedia implements MediaTokens {

  static final MediaTokens RULES = new MistralMedia();

  private static final long PAGE_TEXT = 3_000;

  private MistralMedia() {}

  @Override
  public long image(String model, Media image) {
    return model.startsWith("pixtral") ? patches(image, 16, 1_024) : patches(image, 28, 1_540);
  }

  private static long patches(Media image, long side, long most) {
    long width = image.width() > 0 ? image.width() : most;
    long height = image.height() > 0 ? image.height() : most;
    long longest = Math.max(width, height);
    if (longest > most) {
      width = MediaLength.ceilDiv(width * most, longest);
      height = MediaLength.ceilDiv(height * most, longest);
    }
    return (MediaLength.ceilDiv(width, side) + 1) * MediaLength.ceilDiv(height, side);
  }

  /** Voxtral takes 12.5 tokens a second ("Audio and transcription", docs.mistral.ai). */
  @Override
  public long audioSecond() {
    return 13;
  }

  @Override
  public long page(String model, Media document) {
    return PAGE_TEXT + patches(document, 28, 1_540);
  }
}
