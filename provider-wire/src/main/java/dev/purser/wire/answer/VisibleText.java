package dev.purser.wire.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.purser.api.TextBound;
import dev.purser.wire.json.ByteSearch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the tokens of the text that an answer has shown so far, so that a stream that is cut can be
 * charged for it. Takes JSON strings as they stand, quotes and escapes included, which only makes the
 * bound larger. Keeps some of the text until it is asked, since of most answers nobody asks. For one thread
 * at a time.
 */
public final class VisibleText {

  private static final List<byte[]> NAMES = Stream.of(
          "content", "reasoning_content", "reasoning", "refusal", "arguments", "text")
      .map(name -> ('"' + name + '"').getBytes(US_ASCII))
      .toList();

  /** Text that is kept until its tokens are asked for, which is only if its usage is not stated. */
  private static final int MOST_WAITING = 32 * 1024;

  private static final int FEW_WAITING = 1024;
  private static final byte[] NONE = {};

  private @Nullable TextBound bound;
  private byte[] waiting = NONE;
  private int waits;
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
      await(bytes, from, to);
      if (kept != null) {
        kept.add(bytes, from, to, first);
      }
    }
  }

  private void await(byte[] bytes, int from, int to) {
    int more = to - from;
    if (waits + more > MOST_WAITING) {
      count();
    }
    if (more > MOST_WAITING) {
      bound().addUtf8(bytes, from, to);
      return;
    }
    if (waits + more > waiting.length) {
      int doubled = Math.max(FEW_WAITING, 2 * (waits + more));
      waiting = Arrays.copyOf(waiting, Math.min(MOST_WAITING, doubled));
    }
    System.arraycopy(bytes, from, waiting, waits, more);
    waits += more;
  }

  private TextBound bound() {
    TextBound there = bound;
    if (there == null) {
      there = new TextBound();
      bound = there;
    }
    return there;
  }

  private void count() {
    bound().addUtf8(waiting, 0, waits);
    waits = 0;
  }

  /**
   * Takes the text of a raw event of JSON that nobody parses: the strings of all fields whose names are
   * those of text. Inside JSON strings a quote is escaped, so that a quoted name can only be a name.
   */
  public void addFields(byte[] bytes, int from, int to) {
    int at = ByteSearch.either(bytes, from, to, '"', '"');
    while (at < to) {
      int end = stringEnd(bytes, at, to);
      int value = valueOf(bytes, end, to);
      if (value < to && bytes[value] == '"') {
        end = stringEnd(bytes, value, to);
        if (isText(bytes, at)) {
          add(bytes, value, end, true);
        }
      }
      at = ByteSearch.either(bytes, end, to, '"', '"');
    }
  }

  /** Returns the index after the quote that ends the string that begins at {@code at}. */
  private static int stringEnd(byte[] bytes, int at, int to) {
    int i = ByteSearch.either(bytes, at + 1, to, '"', '\\');
    while (i < to && bytes[i] == '\\') {
      i = i + 2 < to ? ByteSearch.either(bytes, i + 2, to, '"', '\\') : to;
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
    if (!any) {
      return 0;
    }
    count();
    return bound().tokens();
  }

  /** Forgets the text so far, because the provider has counted it. */
  public void reset() {
    any = false;
    bound = null;
    waits = 0;
  }
}
