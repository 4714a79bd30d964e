package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The inside of JSON strings. */
public final class JsonText {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private JsonText() {}

  /**
   * Returns the index of the first quote or backslash, or {@code to}. Eight bytes at a time, since
   * most bytes of a call are inside strings.
   */
  static int quoteOrBackslash(byte[] bytes, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to) {
      long eight = (long) EIGHT.get(bytes, i);
      long hits = zeroes(eight ^ ONES * '"') | zeroes(eight ^ ONES * '\\');
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  /** Marks the zero bytes of a word; the lowest mark is always right, which is all that is used. */
  private static long zeroes(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /**
   * Resolves the escapes of a string's inside. Invalid UTF-8 becomes the replacement character, and
   * an escape that is none stands for itself.
   */
  public static String decode(byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, to - from, UTF_8);
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int done = 0;
    while (escape >= 0 && escape + 1 < raw.length()) {
      text.append(raw, done, escape);
      char kind = raw.charAt(escape + 1);
      int code = kind == 'u' ? hex(raw, escape + 2) : -1;
      text.append(code >= 0 ? (char) code : plain(kind));
      done = escape + (code >= 0 ? 6 : 2);
      escape = raw.indexOf('\\', done);
    }
    return text.append(raw, done, raw.length()).toString();
  }

  private static char plain(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static int hex(String text, int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
