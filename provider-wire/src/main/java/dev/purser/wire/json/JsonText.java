package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The inside of JSON strings. */
public final class JsonText {

  /** A backslash and what follows it. */
  private static final int ESCAPE = 2;

  private static final int SURROGATE = Character.MIN_SURROGATE;
  private static final int LAST_SURROGATE = Character.MAX_SURROGATE;

  private JsonText() {}

  /** Returns the index of the first quote or backslash, or {@code to}. */
  static int quoteOrBackslash(byte[] bytes, int from, int to) {
    return ByteSearch.either(bytes, from, to, '"', '\\');
  }

  /**
   * Resolves the escapes of a string's inside. Invalid UTF-8 becomes the replacement character, and
   * an escape that is none stands for itself.
   */
  public static String decode(byte[] bytes, int from, int to) {
    int escape = ByteSearch.either(bytes, from, to, '\\', '\\');
    if (escape == to) {
      return new String(bytes, from, to - from, UTF_8);
    }
    byte[] text = new byte[to - from]; // no escape stands for more bytes than it has
    int length = escape - from;
    System.arraycopy(bytes, from, text, 0, length);
    int at = escape;
    while (at + 1 < to) {
      byte kind = bytes[at + 1];
      int code = kind == 'u' ? hex(bytes, at + 2, to) : kind < 0 ? SURROGATE : plain((char) kind);
      if (code >= SURROGATE && code <= LAST_SURROGATE) {
        return decodeSlowly(bytes, from, to); // it may be one of a pair, or stand alone
      }
      at += kind == 'u' && code >= 0 ? ESCAPE + 4 : ESCAPE;
      length = put(text, length, code < 0 ? 'u' : code);
      int next = ByteSearch.either(bytes, at, to, '\\', '\\');
      System.arraycopy(bytes, at, text, length, next - at);
      length += next - at;
      at = next;
    }
    if (at < to) {
      text[length++] = bytes[at]; // a backslash at the end
    }
    return new String(text, 0, length, UTF_8);
  }

  /** Writes a character that is no surrogate; returns the index behind it. */
  private static int put(byte[] text, int at, int code) {
    int next = at;
    if (code < 0x80) {
      text[next++] = (byte) code;
    } else if (code < 0x800) {
      text[next++] = (byte) (0xC0 | (code >> 6));
      text[next++] = (byte) (0x80 | (code & 0x3F));
    } else {
      text[next++] = (byte) (0xE0 | (code >> 12));
      text[next++] = (byte) (0x80 | ((code >> 6) & 0x3F));
      text[next++] = (byte) (0x80 | (code & 0x3F));
    }
    return next;
  }

  private static int hex(byte[] bytes, int from, int to) {
    if (from + 4 > to) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit((char) bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private static String decodeSlowly(byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, to - from, UTF_8);
    int escape = raw.indexOf('\\');
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
