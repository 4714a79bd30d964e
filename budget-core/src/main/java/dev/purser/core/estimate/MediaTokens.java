package dev.purser.core.estimate;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import java.util.Locale;

/**
 * What images, recordings and files cost in tokens, by OpenAI's published rules ("Images and vision",
 * "Audio", "PDF files" in the API guides, 2026). An image of unknown size counts as the largest.
 */
final class MediaTokens {

  private static final int PATCH = 32;
  private static final int MAX_PATCHES = 1536;
  private static final int TILE = 512;
  private static final int FIT = 2048;
  private static final int SHORT_SIDE = 768;
  private static final int MAX_TILES = 8;
  /** Ten tokens a second; the lowest common rates are 2,000 (mp3) and 16,000 (wav) bytes a second. */
  private static final long MP3_BYTES_A_TOKEN = 200;

  private static final long WAV_BYTES_A_TOKEN = 1600;
  /** A page is read as text and as a picture; three bytes a token covers both for dense PDFs. */
  private static final long FILE_BYTES_A_TOKEN = 3;

  private static final long UNKNOWN_FILE = 100_000;

  private MediaTokens() {}

  static long of(String modelName, Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(modelName.toLowerCase(Locale.ROOT), media);
      case AUDIO ->
        perBytes(media, media.format().equals("wav") ? WAV_BYTES_A_TOKEN : MP3_BYTES_A_TOKEN);
      case FILE -> perBytes(media, FILE_BYTES_A_TOKEN);
    };
  }

  private static long perBytes(Prompt.Media media, long bytesAToken) {
    return media.bytes() > 0 ? media.bytes() / bytesAToken + 1 : UNKNOWN_FILE;
  }

  private static long image(String model, Media image) {
    if (model.startsWith("gpt-4.1-mini") || model.startsWith("gpt-5-mini")) {
      return patches(image) * 162 / 100 + 1;
    } else if (model.startsWith("gpt-4.1-nano") || model.startsWith("gpt-5-nano")) {
      return patches(image) * 246 / 100 + 1;
    } else if (model.startsWith("o4-mini")) {
      return patches(image) * 172 / 100 + 1;
    } else if (model.startsWith("gpt-4o-mini")) {
      return tiles(image, 2833, 5667);
    } else if (model.startsWith("o1") || model.startsWith("o3")) {
      return tiles(image, 75, 150);
    }
    return Math.max(tiles(image, 85, 170), model.startsWith("gpt-4o") ? 0 : patches(image));
  }

  private static long patches(Media image) {
    if (image.width() <= 0 || image.height() <= 0) {
      return MAX_PATCHES;
    }
    long count = ceilDiv(image.width(), PATCH) * ceilDiv(image.height(), PATCH);
    return Math.min(count, MAX_PATCHES);
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
      width = ceilDiv(width * FIT, longest);
      height = ceilDiv(height * FIT, longest);
    }
    long shortest = Math.min(width, height);
    if (shortest > SHORT_SIDE) {
      width = ceilDiv(width * SHORT_SIDE, shortest);
      height = ceilDiv(height * SHORT_SIDE, shortest);
    }
    return ceilDiv(width, TILE) * ceilDiv(height, TILE);
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
