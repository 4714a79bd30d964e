package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * OpenAI's rules ("Images and vision", developers.openai.com/api/docs/guides/images-vision, 2026):
 * older models count tiles of 512 pixels, newer ones patches of 32 times a factor. Sound is ten
 * tokens a second ("Audio and speech"); a page of a PDF is read as text and as an image ("PDF
 * files").
 */
final class OpenAiMedia implements MediaTokens {

  static final MediaTokens RULES = new OpenAiMedia();

  /** What text a page has is not published; Anthropic's most for one. */
  private static final long PAGE_TEXT = 3_000;

  private static final int TILE = 512;
  private static final int FIT = 2048;
  private static final int SHORT_SIDE = 768;
  private static final int MAX_TILES = 8;

  private OpenAiMedia() {}

  @Override
  public long image(String model, Media image) {
    OpenAiPatches patches = OpenAiPatches.of(model);
    if (patches != null) {
      return patches.tokens(image);
    } else if (model.startsWith("gpt-4o-mini")) {
      return tiles(image, 2833, 5667);
    } else if (model.startsWith("o1") || model.startsWith("o3")) {
      return tiles(image, 75, 150);
    } else if (model.startsWith("computer-use")) {
      return tiles(image, 65, 129);
    } else if (model.equals("gpt-5") || model.startsWith("gpt-5-")) {
      return tiles(image, 70, 140);
    } else if (model.startsWith("gpt-4")) {
      return tiles(image, 85, 170);
    }
    return Math.max(tiles(image, 85, 170), OpenAiPatches.NEWEST.tokens(image));
  }

  @Override
  public long audioSecond() {
    return 10;
  }

  @Override
  public long page(String model, Media document) {
    Media picture = new Media(document.kind(), "", 0, 0, 0, "high");
    return PAGE_TEXT + image(model, picture);
  }

  private static long tiles(Media image, long base, long each) {
    if (image.detail().equals("low")) {
      return base;
    }
    return base + each * tileCount(image.width(), image.height());
  }

  private static long tileCount(long width, long height) {
    if (width <= 0 || height <= 0) {
      return MAX_TILES;
    }
    long longest = Math.max(width, height);
    if (longest > FIT) {
      width = MediaLength.ceilDiv(width * FIT, longest);
      height = MediaLength.ceilDiv(height * FIT, longest);
    }
    long shortest = Math.min(width, height);
    if (shortest > SHORT_SIDE) {
      width = MediaLength.ceilDiv(width * SHORT_SIDE, shortest);
      height = MediaLength.ceilDiv(height * SHORT_SIDE, shortest);
    }
    return MediaLength.ceilDiv(width, TILE) * MediaLength.ceilDiv(height, TILE);
  }
}
