package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * Makers who cut a picture into tiles and add one picture of the whole. Of documents nothing is
 * published: a page counts as the largest picture, with text.
 *
 * @param tile the side of a tile, in pixels
 * @param tokens what a tile costs, in tokens
 * @param most how many tiles there are at the most
 */
record TileMedia(int tile, long tokens, long most) implements MediaTokens {

  /**
   * xAI's rules ("Image understanding", docs.x.ai, 2025): 256 tokens for each tile of 448 pixels and
   * one more, 1,792 at the most.
   */
  static final MediaTokens GROK = new TileMedia(448, 256, 6);

  /**
   * Meta's rules for Llama 4 (the model's processor, llama.com, 2025): 144 tokens for each tile of 336
   * pixels, 16 tiles at the most, one picture of the whole, and a token at each tile's end.
   */
  static final MediaTokens LLAMA = new TileMedia(336, 145, 16);

  private static final long PAGE_TEXT = 3_000;

  @Override
  public long image(String model, Media image) {
    long tiles = most;
    if (image.width() > 0 && image.height() > 0) {
      tiles = Math.min(
          most,
          MediaLength.ceilDiv(image.width(), tile) * MediaLength.ceilDiv(image.height(), tile));
    }
    return (tiles + 1) * tokens;
  }

  @Override
  public long audioSecond() {
    return GeminiMedia.AUDIO_SECOND;
  }

  @Override
  public long page(String model, Media document) {
    return PAGE_TEXT + (most + 1) * tokens;
  }
}
