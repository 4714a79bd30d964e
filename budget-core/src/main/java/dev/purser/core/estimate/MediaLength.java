package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * How long a recording is, and how many pages a document has: as stated, else bounded by its bytes;
 * 0 where nothing is known. The least bytes are what is common for the format, not what is possible.
 */
final class MediaLength {

  /** A page of nothing but text, compressed; pages with pictures take far more. */
  private static final long PAGE_BYTES = 4_096;

  /** 16 kbit/s, the lowest that speech is recorded with in MP3, AAC and Opus. */
  private static final long COMPRESSED_BYTES_A_SECOND = 2_000;

  /** 8,000 samples of 16 bits, as on a telephone. */
  private static final long WAV_BYTES_A_SECOND = 16_000;

  /** 200 kbit/s, a small picture. */
  private static final long VIDEO_BYTES_A_SECOND = 25_000;

  private MediaLength() {}

  static long pages(Media document) {
    if (document.pages() > 0) {
      return document.pages();
    }
    return ceilDiv(document.bytes(), PAGE_BYTES);
  }

  static long audioSeconds(Media audio) {
    if (audio.seconds() > 0) {
      return audio.seconds();
    }
    boolean samples = audio.format().equals("wav") || audio.format().equals("pcm16");
    return ceilDiv(audio.bytes(), samples ? WAV_BYTES_A_SECOND : COMPRESSED_BYTES_A_SECOND);
  }

  static long videoSeconds(Media video) {
    return video.seconds() > 0 ? video.seconds() : ceilDiv(video.bytes(), VIDEO_BYTES_A_SECOND);
  }

  /** Divides, rounding up; both must not be negative. */
  static long ceilDiv(long a, long b) {
    return a / b + (a % b == 0 ? 0 : 1);
  }
}
