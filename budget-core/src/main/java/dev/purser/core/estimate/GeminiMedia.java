package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;
import java.util.Locale;

/**
 * Google's rules ("Understand and count tokens", ai.google.dev/gemini-api/docs/tokens, and "Media
 * resolution", …/media-resolution, 2026). Gemini 1.5 and 2: 258 tokens for an image of at most 384
 * pixels a side, else for each tile, whose side is two thirds of the image's shorter one, between
 * 256 and 768 pixels; 258 for a page. Since Gemini 3 by resolution. Sound 32 tokens a second.
 */
final class GeminiMedia implements MediaTokens {

  static final MediaTokens RULES = new GeminiMedia();

  /** Tokens of a second of sound. */
  static final long AUDIO_SECOND = 32;

  /** A picture a second of 258 or 280 tokens, its sound, and the time that is told with it. */
  static final long VIDEO_SECOND = 320;

  private static final long TILE = 258;
  private static final int SMALL = 384;
  /** Larger images are scaled down to this; then 16 tiles cover them. */
  private static final int MAX_SIDE = 3_072;

  private static final long MAX_TILES = 16;

  private GeminiMedia() {}

  private static boolean isOld(String model) {
    return model.startsWith("gemini-1")
        || model.startsWith("gemini-2")
        || model.startsWith("gemma")
        || model.startsWith("learnlm");
  }

  @Override
  public long image(String model, Media image) {
    return isOld(model) ? tiles(image) * TILE : atResolution(image.detail(), 1_120);
  }

  @Override
  public long audioSecond() {
    return AUDIO_SECOND;
  }

  /** A page's own text costs nothing (since Gemini 3). */
  @Override
  public long page(String model, Media document) {
    return isOld(model) ? TILE : atResolution(document.detail(), 560);
  }

  /** Only the names of Gemini's own parameter count: OpenAI's {@code low} says nothing to it. */
  private static long atResolution(String detail, long byDefault) {
    return switch (detail.toLowerCase(Locale.ROOT)) {
      case "media_resolution_low" -> 280;
      case "media_resolution_medium" -> 560;
      case "media_resolution_high" -> 1_120;
      case "media_resolution_ultra_high" -> 2_240;
      default -> byDefault;
    };
  }

  private static long tiles(Media image) {
    long width = Math.min(image.width(), MAX_SIDE);
    long height = Math.min(image.height(), MAX_SIDE);
    if (width <= 0 || height <= 0) {
      return MAX_TILES;
    } else if (width <= SMALL && height <= SMALL) {
      return 1;
    }
    long side = Math.max(256, Math.min(768, Math.min(width, height) * 2 / 3));
    return MediaLength.ceilDiv(width, side) * MediaLength.ceilDiv(height, side);
  }
}
