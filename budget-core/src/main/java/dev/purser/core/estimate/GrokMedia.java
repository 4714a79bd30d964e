package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * xAI's rules ("Image understanding", docs.x.ai, 2025): 256 tokens for each tile of 448 pixels and
 * one more, 1,792 at the most. Of documents nothing is published: they count as images with text.
 */
final class GrokMedia implements MediaTokens {

  static final MediaTokens RULES = new GrokMedia();

  private static final int TILE = 448;
  private static final long TILE_TOKENS = 256;
  private static final long MAX_TILES = 6;
  private static final long PAGE_TEXT = 3_000;

  private GrokMedia() {}

  @Override
  public long image(String model, Media image) {
    long tiles = MAX_TILES;
    if (image.width() > 0 && image.height() > 0) {
      tiles = Math.min(
          MAX_TILES,
          MediaLength.ceilDiv(image.width(), TILE) * MediaLength.ceilDiv(image.height(), TILE));
    }
    return (tiles + 1) * TILE_TOKENS;
  }

  @Override
  public long audioSecond() {
    return GeminiMedia.AUDIO_SECOND;
  }

  @Override
  public long page(String model, Media document) {
    return PAGE_TEXT + (MAX_TILES + 1) * TILE_TOKENS;
  }
}
