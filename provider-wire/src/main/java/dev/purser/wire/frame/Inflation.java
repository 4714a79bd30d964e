package dev.purser.wire.frame;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates {@code gzip} and {@code deflate} as the bytes come. For one thread at a time; never
 * throws on bad input.
 */
final class Inflation implements AutoCloseable {

  /** An answer that inflates to more is taken for a bomb: it would cost time, if no memory. */
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  private static final int BUFFER = 8 * 1024;

  /** The length of the checksum and size after a gzip member; the caller's client checks them. */
  private static final int TRAILER = 8;

  private final boolean gzip;
  private final byte[] buffer = new byte[BUFFER];
  private GzipHeader header = new GzipHeader();
  private @Nullable Inflater inflater;
  private int trailerLeft;
  private long total;
  private boolean over;
  private boolean failed;

  /** Takes inflated bytes, from the start of an array that is only lent. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int count);
  }

  private Inflation(boolean gzip, boolean failed) {
    this.gzip = gzip;
    this.failed = failed;
  }

  /** Returns an inflation of a content encoding; one that fails at once if it is unknown. */
  static Inflation of(String encoding) {
    return switch (encoding) {
      case "gzip", "x-gzip" -> new Inflation(true, false);
      case "deflate" -> new Inflation(false, false);
      default -> new Inflation(false, true);
    };
  }

  /** Whether the bytes were not of this encoding, or too many. */
  boolean failed() {
    return failed;
  }

  /** Inflates the next bytes. */
  void inflate(byte[] bytes, int offset, int length, Sink sink) {
    int from = offset;
    int to = offset + length;
    while (from < to && !failed && !over) {
      if (trailerLeft > 0) {
        int skipped = Math.min(trailerLeft, to - from);
        trailerLeft -= skipped;
        from += skipped;
      } else if (inflater == null) {
        from = open(bytes, from, to);
      } else {
        from = body(inflater, bytes, from, to, sink);
      }
    }
  }

  private int open(byte[] bytes, int from, int to) {
    if (!gzip) {
      // Half of all servers send bare deflate under this name, the others what RFC 9110 asks for.
      boolean zlib = (bytes[from] & 0x0F) == 8 && (bytes[from] & 0xF0) <= 0x70;
      inflater = new Inflater(!zlib);
      return from;
    }
    int next = header.read(bytes, from, to);
    if (header.broken()) {
      failed = total == 0; // after a whole member it is padding
      over = true;
    } else if (header.done()) {
      inflater = new Inflater(true);
    }
    return next;
  }

  private int body(Inflater inflater, byte[] bytes, int from, int to, Sink sink) {
    inflater.setInput(bytes, from, to - from);
    try {
      int count;
      do {
        count = inflater.inflate(buffer);
        total += count;
        failed |= total > MOST_BYTES || inflater.needsDictionary();
        if (count > 0 && !failed) {
          sink.take(buffer, count);
        }
      } while (count > 0 && !failed && !inflater.finished());
    } catch (DataFormatException e) {
      failed = true; // reported by the meter as a malformed answer
    }
    int left = inflater.getRemaining();
    if (failed || inflater.finished()) {
      closeInflater();
      over = !gzip;
      trailerLeft = TRAILER;
      header = new GzipHeader();
    }
    return to - left;
  }

  private void closeInflater() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  /** Frees the native memory; afterwards nothing is inflated. */
  @Override
  public void close() {
    over = true;
    closeInflater();
  }
}
