package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.fuzz.SmallAnswer.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** What a server may send to hurt whoever reads it; made as it is sent, and never held. */
enum Attack {

  /** A body of gigabytes, all of it well formed. */
  HUGE {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      out.write(answer.start());
      fill(answer.again(), size, out);
      out.write(answer.end());
    }
  },

  /** A little that becomes as much. */
  GZIP_BOMB {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16)) {
        HUGE.pour(answer, size, zipped);
      }
    }
  },

  /** One text, line or message that goes on and on, and then the answer does. */
  ENDLESS_LINE {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      out.write(answer.start());
      endless(answer.framing(), size, out);
      out.write(closed(answer.framing()));
      out.write(answer.end());
    }
  },

  /** One that never ends. */
  UNENDED_LINE {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      out.write(answer.start());
      endless(answer.framing(), size, out);
    }
  },

  /** JSON in JSON, ten thousand times. */
  NESTED {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      out.write(answer.start());
      out.write(piece(answer.framing(), "{\"x\":" + nested() + "}"));
      out.write(answer.end());
    }
  },

  /** The same where a number is due. */
  NESTED_COUNT {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      out.write(answer.stating(nested()).body());
    }
  },

  INVALID_UTF8 {
    @Override
    void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
      byte[] piece = piece(answer.framing(), "{\"x\":\"????\"}");
      for (int i = 0; i < piece.length; i++) {
        piece[i] = piece[i] == '?' ? (byte) (0xc0 + i) : piece[i];
      }
      out.write(answer.start());
      out.write(piece);
      out.write(answer.end());
    }
  },

  NEGATIVE_COUNT("-1"),
  COUNT_OF_2_POW_63("9223372036854775808"),
  COUNT_OF_1E308("1e308"),
  COUNT_OF_A_BILLION_DIGITS("1e999999999"),
  COUNT_IN_QUOTES("\"12\"");

  private static final int NESTING = 10_000;

  private final String count;

  Attack() {
    this("");
  }

  Attack(String count) {
    this.count = count;
  }

  /** Whether it states a usage that cannot be. */
  boolean isAbsurdCount() {
    return !count.isEmpty() || this == NESTED_COUNT;
  }

  /** Whether it is an answer as any other but for its size. */
  boolean isWellFormed() {
    return this == HUGE || this == GZIP_BOMB;
  }

  /** Whether it is as large as one says. */
  boolean isSized() {
    return isWellFormed() || this == ENDLESS_LINE || this == UNENDED_LINE;
  }

  /**
   * Sends it.
   *
   * @param size how many bytes it is to have at least, if it is large
   */
  void pour(SmallAnswer answer, long size, OutputStream out) throws IOException {
    out.write(answer.stating(count).body());
  }

  private static String nested() {
    return "[".repeat(NESTING) + "]".repeat(NESTING);
  }

  /** Writes so many of a piece that there are as many bytes. */
  private static void fill(byte[] piece, long size, OutputStream out) throws IOException {
    int copies = Math.max(1, (1 << 16) / piece.length);
    byte[] block = new byte[copies * piece.length];
    for (int i = 0; i < copies; i++) {
      System.arraycopy(piece, 0, block, i * piece.length, piece.length);
    }
    for (long left = size; left > 0; left -= block.length) {
      out.write(block);
    }
  }

  private static void endless(Framing framing, long size, OutputStream out) throws IOException {
    out.write(opened(framing));
    byte[] text = new byte[1 << 16];
    Arrays.fill(text, (byte) 'a');
    fill(text, size, out);
  }

  private static byte[] opened(Framing framing) {
    String start = "{\"x\":\"";
    return switch (framing) {
      case JSON, JSON_ARRAY -> ("," + start).getBytes(UTF_8);
      case SSE -> ("data: " + start).getBytes(UTF_8);
      case NDJSON -> start.getBytes(UTF_8);
      case EVENT_STREAM -> longestPrelude();
    };
  }

  /** The lengths of a message of 2 GB, with their checksum. */
  private static byte[] longestPrelude() {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(Integer.MAX_VALUE).putInt(0);
    CRC32 crc = new CRC32();
    crc.update(prelude.array(), 0, 8);
    return prelude.putInt((int) crc.getValue()).array();
  }

  private static byte[] closed(Framing framing) {
    return switch (framing) {
      case JSON, JSON_ARRAY, EVENT_STREAM -> "\"}".getBytes(UTF_8);
      case SSE -> "\"}\n\n".getBytes(UTF_8);
      case NDJSON -> "\"}\n".getBytes(UTF_8);
    };
  }

  private static byte[] piece(Framing framing, String json) {
    return switch (framing) {
      case JSON, JSON_ARRAY -> ("," + json).getBytes(UTF_8);
      case SSE -> ("data: " + json + "\n\n").getBytes(UTF_8);
      case NDJSON -> (json + "\n").getBytes(UTF_8);
      case EVENT_STREAM -> EventFrame.event("x", json);
    };
  }
}
