package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value within a larger array of bytes, looked at where it lies. Immutable as long as nobody
 * writes to the array; never printed, since it may hold a prompt.
 */
public final class JsonSlice {

  /** No number that anybody means is longer; keeps {@link BigDecimal} from megabytes of digits. */
  private static final int LONGEST_NUMBER = 64;

  private final byte[] bytes;
  private final int from;
  private final int to;

  private JsonSlice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Returns the document that fills an array of bytes. */
  public static JsonSlice document(byte[] bytes) {
    int from = 0;
    while (from < bytes.length && mayPrecede(bytes[from])) {
      from++;
    }
    return new JsonSlice(bytes, from, bytes.length);
  }

  /** Whether a byte is space or part of a byte order mark. */
  private static boolean mayPrecede(byte b) {
    return switch (b) {
      case ' ', '\n', '\r', '\t', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> true;
      default -> false;
    };
  }

  /** Returns the index of the value's first byte. */
  public int from() {
    return from;
  }

  /** Returns the index after the value's last byte. */
  public int to() {
    return to;
  }

  /** Returns the value's length in bytes. */
  public int length() {
    return to - from;
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return starts('{');
  }

  /** Whether this is an array. */
  public boolean isArray() {
    return starts('[');
  }

  /** Whether this is a string. */
  public boolean isString() {
    return starts('"');
  }

  /** Whether this is {@code null}. */
  public boolean isNull() {
    return starts('n');
  }

  /** Whether this is {@code true}. */
  public boolean isTrue() {
    return starts('t');
  }

  private boolean starts(char first) {
    return from < to && bytes[from] == first;
  }

  /**
   * Visits the fields of an object, or the elements of an array with an empty name, in order;
   * repeated names are visited each time.
   *
   * @return whether this is a well-formed object or array, as far as its outermost level goes
   */
  public boolean each(BiConsumer<String, JsonSlice> visitor) {
    JsonScanner scanner = new JsonScanner(new JsonScanner.Handler() {
      private String name = "";
      private int start;

      @Override
      public boolean begin(String name, long at) {
        this.name = name;
        start = from + (int) at;
        return false;
      }

      @Override
      public void end(long at) {
        visitor.accept(name, new JsonSlice(bytes, start, from + (int) at));
      }
    });
    scanner.scan(bytes, from, to);
    return scanner.done();
  }

  /**
   * Returns the fields of an object, the last of each name; empty if this is none or malformed.
   * Unmodifiable.
   */
  public Map<String, JsonSlice> fields() {
    Map<String, JsonSlice> fields = new HashMap<>();
    boolean whole = isObject() && each(fields::put);
    return whole ? Collections.unmodifiableMap(fields) : Map.of();
  }

  /** Returns the text of a string, or null if this is none. */
  public @Nullable String text() {
    return isString() ? JsonText.decode(bytes, from + 1, to - 1) : null;
  }

  /** Returns the value's JSON as it stands. */
  public String raw() {
    return new String(bytes, from, to - from, UTF_8);
  }

  /** Returns the number, or null if this is none or one of absurd length. */
  public @Nullable BigDecimal number() {
    if (from == to || length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      return new BigDecimal(new String(bytes, from, to - from, ISO_8859_1));
    } catch (NumberFormatException e) {
      return null; // a value of another type: for the caller to treat as not a number
    }
  }

  /**
   * Returns the bytes of a string of Latin letters, such as base64: a view of the borrowed array
   * where nothing is escaped, so that megabytes are not copied.
   */
  public Bytes latin() {
    if (JsonText.quoteOrBackslash(bytes, from + 1, to) == to - 1) {
      return new Bytes(bytes, from + 1, to - 1);
    }
    byte[] decoded = JsonText.decode(bytes, from + 1, to - 1).getBytes(ISO_8859_1);
    return new Bytes(decoded, 0, decoded.length);
  }

  /**
   * Some bytes of a borrowed array.
   *
   * @param array the array, not to be written to
   * @param from the first index
   * @param to the index after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: prompts may be large
  public record Bytes(byte[] array, int from, int to) {

    /** Returns how many they are. */
    public int length() {
      return to - from;
    }
  }

  /** Renders the place only, never the content. */
  @Override
  public String toString() {
    return "JSON at " + from + " to " + to;
  }
}
