package dev.purser.wire.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.purser.api.TextBound;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the tokens of the text that an answer has shown so far, so that a stream that is cut can be
 * charged for it. Takes JSON strings as they stand, quotes and escapes included, which only makes the
 * bound larger. Keeps no text unless it is told to. For one thread at a time.
 */
public final class VisibleText {

  private static final List<byte[]> NAMES = Stream.of(
          "content", "reasoning_content", "reasoning", "refusal", "arguments", "text")
      .map(name -> ('"' + name + '"').getBytes(US_ASCII))
      .toList();

  private TextBound bound = new TextBound();
  private boolean any;
  private boolean opens;
  private long length;
  private @Nullable KeptText kept;

  /** Has the text kept from now on. */
  void keptBy(KeptText keeper) {
    kept = keeper;
  }

  /** Takes the next bytes of a JSON value, of which strings, arrays and objects are text. */
  public void add(byte[] bytes, int from, int to, boolean first) {
    if (first) {
      opens = bytes[from] == '"' || bytes[from] == '[' || bytes[from] == '{';
      length = 0;
    }
    if (opens) {
      length += to - from;
      any |= length > 2; // quotes or brackets around nothing are nothing
      bound.addUtf8(bytes, from, to);
      if (kept != null) {
        kept.add(bytes, from, to, first);
      }
    }
  }

  /**
   * Takes the text of a raw event of JSON that nobody parses: the strings of all fields whose names are
   * those of text. Inside JSON strings a quote is escaped, so that a quoted name can only be a name.
   */
  public void addFields(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] == '"') {
        int end = stringEnd(bytes, at, to);
        int value = valueOf(bytes, end, to);
        if (value < to && bytes[value] == '"') {
          end = stringEnd(bytes, value, to);
          if (isText(bytes, at)) {
            add(bytes, value, end, true);
          }
        }
        at = end;
      } else {
        at++;
      }
    }
  }

  /** Returns the index after the quote that ends the string that begins at {@code at}. */
  private static int stringEnd(byte[] bytes, int at, int to) {
    int i = at + 1;
    while (i < to && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, to);
  }

  /** Returns where the value of the field begins whose name ends at {@code at}. */
  private static int valueOf(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    if (i >= to || bytes[i] != ':') {
      return to;
    }
    i++;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static boolean isText(byte[] bytes, int at) {
    for (byte[] name : NAMES) {
      if (Arrays.equals(
          name, 0, name.length, bytes, at, Math.min(at + name.length, bytes.length))) {
        return true;
      }
    }
    return false;
  }

  /** Whether any text came since the last {@link #reset}. */
  public boolean any() {
    return any;
  }

  /** Returns a bound of the tokens since the last {@link #reset}; 0 if no text came. */
  public long tokens() {
    return any ? bound.tokens() : 0;
  }

  /** Forgets the text so far, because the provider has counted it. */
  public void reset() {
    any = false;
    bound = new TextBound();
  }
}
