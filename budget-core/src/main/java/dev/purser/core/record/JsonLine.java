package dev.purser.core.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object into bytes; reused from line to line. By hand, because a generator takes six
 * times as long, and every call is written twice before it may go on.
 *
 * <p>For one thread at a time. Half a surrogate pair, which is no character, is written as the escape of
 * U+FFFD.
 */
public final class JsonLine {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LONGEST_NUMBER = 20;
  private static final int MILLION = 1_000_000;
  private static final int BILLION = 1_000_000_000;
  private static final int MILLION_DIGITS = 6;
  private static final int BILLION_DIGITS = 9;

  private final InstantText instants = new InstantText();
  private byte[] bytes = new byte[1024];
  private int length;
  private @Nullable Object part;
  private byte[] partBytes = {};

  /** Creates an empty line. */
  public JsonLine() {}

  /** Begins another line. */
  public JsonLine begin() {
    length = 0;
    put('{');
    return this;
  }

  /** Ends the line, without a line end. */
  public byte[] end() {
    put('}');
    return Arrays.copyOf(bytes, length);
  }

  /** Ends the line and leaves its closing brace out, for whoever adds more. */
  public byte[] endOpen() {
    return Arrays.copyOf(bytes, length);
  }

  /** Adds a text; nothing if it is null. */
  public JsonLine text(Field field, @Nullable String value) {
    if (value != null) {
      name(field);
      quoted(value);
    }
    return this;
  }

  /** Adds a text under a name that callers choose. */
  public JsonLine text(String name, String value) {
    comma();
    quoted(name);
    put(':');
    quoted(value);
    return this;
  }

  /** Adds a number. */
  public JsonLine number(Field field, long value) {
    name(field);
    digits(value);
    return this;
  }

  /** Adds a number under a name that code chooses. */
  public JsonLine number(String name, long value) {
    comma();
    quoted(name);
    put(':');
    digits(value);
    return this;
  }

  /** Adds true or false. */
  public JsonLine flag(Field field, boolean value) {
    name(field);
    ascii(value ? "true" : "false");
    return this;
  }

  /** Adds nanoseconds as milliseconds with six decimals. */
  public JsonLine millis(Field field, long nanos) {
    name(field);
    if (nanos < 0) {
      put('-');
    }
    digits(Math.abs(nanos / MILLION));
    put('.');
    padded((int) Math.abs(nanos % MILLION), MILLION_DIGITS);
    return this;
  }

  /** Adds nano-dollars as an exact text of dollars with two decimals at least. */
  public JsonLine dollars(Field field, long nanoUsd) {
    name(field);
    put('"');
    if (nanoUsd < 0) {
      put('-');
    }
    digits(Math.abs(nanoUsd / BILLION));
    put('.');
    int from = length;
    padded((int) Math.abs(nanoUsd % BILLION), BILLION_DIGITS);
    while (length > from + 2 && bytes[length - 1] == '0') {
      length--;
    }
    put('"');
    return this;
  }

  /** Adds an instant, as {@link Instant#toString} renders it. */
  public JsonLine instant(Field field, Instant value) {
    name(field);
    put('"');
    instants.append(this, value);
    put('"');
    return this;
  }

  /** Opens an object. */
  public JsonLine object(Field field) {
    name(field);
    put('{');
    return this;
  }

  /** Opens an object in a list. */
  public JsonLine object() {
    comma();
    put('{');
    return this;
  }

  /** Closes an object. */
  public JsonLine endObject() {
    put('}');
    return this;
  }

  /** Adds a list of texts. */
  public JsonLine texts(Field field, Iterable<String> values) {
    list(field);
    values.forEach(value -> {
      comma();
      quoted(value);
    });
    return endList();
  }

  /** Opens a list. */
  public JsonLine list(Field field) {
    name(field);
    put('[');
    return this;
  }

  /** Closes a list. */
  public JsonLine endList() {
    put(']');
    return this;
  }

  private void name(Field field) {
    comma();
    put(field.json());
  }

  private void comma() {
    byte last = bytes[length - 1];
    if (last != '{' && last != '[') {
      put(',');
    }
  }

  private void quoted(String text) {
    // Three bytes a character at most, six for an escape.
    room(6 * text.length() + 2);
    bytes[length++] = '"';
    int plain = plain(text, bytes, length);
    length += plain;
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        bytes[length++] = (byte) c;
      } else {
        i += other(text, i, c);
      }
    }
    bytes[length++] = '"';
  }

  /** Copies the characters before the first that is not plain; returns how many. */
  private static int plain(String text, byte[] to, int at) {
    int i = 0;
    while (i < text.length() && isPlain(text.charAt(i))) {
      to[at + i] = (byte) text.charAt(i);
      i++;
    }
    return i;
  }

  private static boolean isPlain(char c) {
    return c >= FIRST_PRINTABLE && c < 0x7f && c != '"' && c != '\\';
  }

  /** Writes a character that is not plain ASCII; returns how many chars it takes besides its first. */
  private int other(String text, int at, char c) {
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c < FIRST_PRINTABLE || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029') {
      escape(c);
    } else if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | (c >> 6));
      bytes[length++] = (byte) (0x80 | (c & 0x3f));
    } else if (!Character.isSurrogate(c)) {
      bytes[length++] = (byte) (0xe0 | (c >> 12));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[length++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      int point = Character.toCodePoint(c, text.charAt(at + 1));
      bytes[length++] = (byte) (0xf0 | (point >> 18));
      bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      bytes[length++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    } else {
      escape('\ufffd');
    }
    return 0;
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  /** Appends characters of ASCII. */
  void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Appends a number. */
  void digits(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    room(LONGEST_NUMBER);
    long left = value;
    if (left < 0) {
      bytes[length++] = '-';
      left = -left;
    }
    int end = length + 1;
    for (long rest = left / 10; rest > 0; rest /= 10) {
      end++;
    }
    for (int at = end - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length = end;
  }

  /** Appends a number of so many digits, with leading zeros. */
  void padded(int value, int digits) {
    room(LONGEST_NUMBER);
    padded(value, digits, bytes, length);
    length += digits;
  }

  /** Writes a number of so many digits, with leading zeros. */
  static void padded(int value, int digits, byte[] to, int from) {
    int left = value;
    for (int at = from + digits - 1; at >= from; at--) {
      to[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** Appends bytes. */
  void put(byte[] ascii) {
    room(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
  }

  /** Appends what was written of this very object last, if that is remembered. */
  boolean again(Object of) {
    boolean same = of == part;
    if (same) {
      put(partBytes);
    }
    return same;
  }

  /** Remembers what was written since the line was so long, for the next line about the same object. */
  void remember(Object of, int from) {
    part = of;
    partBytes = Arrays.copyOfRange(bytes, from, length);
  }

  /** Returns how many bytes the line has so far. */
  int length() {
    return length;
  }

  /** Appends a byte. */
  void put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
