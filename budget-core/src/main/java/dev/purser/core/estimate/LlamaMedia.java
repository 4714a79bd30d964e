package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * Meta's rules for Llama 4 (the model's processor, llama.com, 2025): 144 tokens for each tile of 336
 * pixels, 16 tiles at the most, one picture of the whole, and a token at each tile's end.
 */
final class LlamaMedia implements MediaTokens {

  static final MediaTokens RULES = new LlamaMedia();

  private static final int TILE = 336;
  private static final long TILE_TOKENS = 145;
  private static final long MAX_TILES = 16;
  private static final long PAGE_TEXT = 3_000;

  private LlamaMedia() {}

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
