package dev.purser.wire.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of one JSON object, or the elements of one array, as its bytes pass in pieces of
 * any size. Only this outermost level is taken apart; what lies deeper is skipped by counting
 * brackets outside strings, without recursion, so that neither depth nor size costs memory.
 *
 * <p>Strict about the outermost level's punctuation, lenient about what it skips: whoever looks
 * into a value scans it in turn. For one thread at a time.
 */
public final class JsonScanner {

  /** Names longer than this, escapes included, are reported as empty: nobody looks for them. */
  private static final int LONGEST_NAME = 256;

  private static final byte[] NO_NAME = new byte[0];

  private final Handler handler;
  private byte[] name = NO_NAME; // grown on demand: messages have thousands of small objects
  private State state = State.START;
  private boolean object;
  private int nameLength;
  private boolean escaped;
  private boolean nestedString;
  private int depth;
  private boolean wanted;
  private @Nullable JsonScanner inside;
  private boolean isInside;
  private long position;

  /** Receives what the scanner finds, in order; positions count from the first byte ever scanned. */
  public interface Handler {

    /**
     * A value begins.
     *
     * @param name the field's name with its escapes resolved; empty in an array
     * @param at the position of the value's first byte
     * @return whether the value's bytes are wanted
     */
    boolean begin(String name, long at);

    /**
     * Returns what takes the object or array that has just begun apart as it passes, so that its bytes are
     * scanned once and not level by level; null if its bytes are wanted as they are, or not at all.
     *
     * @param opening the bracket that it begins with
     */
    default @Nullable JsonScanner inside(byte opening) {
      return null;
    }

    /** Takes the next bytes of a wanted value. The slice is only valid during the call. */
    default void bytes(byte[] bytes, int from, int to) {}

    /**
     * The value ended.
     *
     * @param at the position after the value's last byte
     */
    void end(long at);
  }

  private enum State {
    START,
    FIRST,
    NEXT,
    NAME,
    COLON,
    VALUE,
    STRING,
    SCALAR,
    NESTED,
    AFTER,
    DONE,
    BROKEN
  }

  /** Creates a scanner that has seen nothing yet. */
  public JsonScanner(Handler handler) {
    this.handler = handler;
  }

  /** Whether the object or array was closed, and only space followed. */
  public boolean done() {
    return state == State.DONE;
  }

  /** Whether what was scanned can no longer become an object or array. */
  public boolean broken() {
    return state == State.BROKEN;
  }

  /** Whether what was scanned is an object; only meaningful once its first byte was. */
  boolean isObject() {
    return object;
  }

  /** Scans the next bytes; anything but space behind the object or array is a fault. */
  public void scan(byte[] bytes, int from, int to) {
    int end = scanOne(bytes, from, to);
    while (end < to && isSpace(bytes[end])) {
      end++;
    }
    if (end < to) {
      state = State.BROKEN;
    }
    position += to - end;
  }

  /**
   * Scans the next bytes up to the end of the object or array.
   *
   * @return the index after its last byte, or after the one that broke it; {@code to} if it goes on
   */
  public int scanOne(byte[] bytes, int from, int to) {
    long base = position - from;
    int valueFrom = from;
    int i = from;
    while (i < to && state != State.BROKEN && state != State.DONE) {
      byte b = bytes[i];
      switch (state) {
        case NAME -> i = name(bytes, i, to);
        case STRING -> {
          i = stringEnd(bytes, i, to);
          if (i < to) {
            endValue(bytes, valueFrom, ++i, base);
          }
        }
        case SCALAR -> {
          if (isInside && (b == '"' || b == '{' || b == '[')) {
            state = State.BROKEN; // whoever this is inside of counts it as what it looks like
            i++;
          } else if (isSpace(b) || b == ',' || b == '}' || b == ']') {
            endValue(bytes, valueFrom, i, base);
          } else {
            i++;
          }
        }
        case NESTED -> {
          i = inside == null ? nestedEnd(bytes, i, to) : insideEnd(inside, bytes, i, to);
          if (depth == 0) {
            endValue(bytes, valueFrom, i, base);
          }
        }
        default -> {
          if (startsValue(b)) {
            valueFrom = i;
            beginValue(b, base + i);
            if (inside != null) {
              continue; // which begins with this byte
            }
          } else if (!isSpace(b)) {
            punctuation(b, base + i);
          }
          i++;
        }
      }
    }
    if (wanted && inValue() && valueFrom < to) {
      handler.bytes(bytes, valueFrom, to);
    }
    position = base + i;
    return i;
  }

  private boolean inValue() {
    return state == State.STRING || state == State.SCALAR || state == State.NESTED;
  }

  private boolean startsValue(byte b) {
    boolean expected =
        state == State.VALUE || (!object && (state == State.FIRST || state == State.NEXT));
    return expected && !isSpace(b) && b != ']' && b != '}' && b != ',' && b != ':';
  }

  private void beginValue(byte b, long at) {
    wanted = handler.begin(object ? JsonText.decode(name, 0, nameLength) : "", at);
    switch (b) {
      case '"' -> state = State.STRING;
      case '{', '[' -> {
        state = State.NESTED;
        depth = 1;
        inside = wanted ? handler.inside(b) : null;
        if (inside != null) {
          inside.isInside = true;
          wanted = false;
        }
      }
      default -> state = State.SCALAR;
    }
  }

  private void endValue(byte[] bytes, int from, int to, long base) {
    state = State.AFTER;
    inside = null;
    if (wanted && from < to) {
      handler.bytes(bytes, from, to);
    }
    handler.end(base + to);
  }

  private void punctuation(byte b, long at) {
    boolean closes = b == (object ? '}' : ']');
    state = switch (state) {
      case START -> opened(b, at);
      case FIRST -> closes ? State.DONE : nameOpened(b);
      case NEXT -> nameOpened(b);
      case COLON -> b == ':' ? State.VALUE : State.BROKEN;
      case AFTER -> closes ? State.DONE : b == ',' ? State.NEXT : State.BROKEN;
      default -> State.BROKEN;
    };
  }

  private State opened(byte b, long at) {
    if (at < 3 && (b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF)) {
      return State.START; // a byte order mark
    }
    object = b == '{';
    return object || b == '[' ? State.FIRST : State.BROKEN;
  }

  private State nameOpened(byte b) {
    nameLength = 0;
    return object && b == '"' ? State.NAME : State.BROKEN;
  }

  private int name(byte[] bytes, int from, int to) {
    int end = stringEnd(bytes, from, to);
    int length = end - from;
    if (nameLength + length <= LONGEST_NAME) {
      if (nameLength + length > name.length) {
        name = Arrays.copyOf(name, Math.max(16, 2 * (nameLength + length)));
      }
      System.arraycopy(bytes, from, name, nameLength, length);
      nameLength += length;
    } else {
      nameLength = LONGEST_NAME + 1;
    }
    if (end == to) {
      return to;
    }
    nameLength = nameLength > LONGEST_NAME ? 0 : nameLength;
    state = State.COLON;
    return end + 1;
  }

  /** Returns the index of the quote that ends the string, or {@code to} if it is still to come. */
  private int stringEnd(byte[] bytes, int from, int to) {
    int i = from;
    if (escaped && i < to) {
      escaped = false;
      i++;
    }
    while (true) {
      i = JsonText.quoteOrBackslash(bytes, i, to);
      if (i == to || bytes[i] == '"') {
        return i;
      }
      if (i + 1 == to) {
        escaped = true;
        return to;
      }
      i += 2;
    }
  }

  /**
   * Returns the index after the bracket that ends the value, or {@code to}. What cannot be taken apart is
   * passed over as if nobody had tried, from the byte on that broke it.
   */
  private int insideEnd(JsonScanner scanner, byte[] bytes, int from, int to) {
    int end = scanner.scanOne(bytes, from, to);
    if (scanner.done()) {
      depth = 0;
    } else if (scanner.broken()) {
      inside = null;
      return nestedEnd(bytes, end - 1, to);
    }
    return end;
  }

  /** Returns the index after the bracket that ends the value, or {@code to}. */
  private int nestedEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && depth > 0) {
      if (nestedString) {
        i = stringEnd(bytes, i, to);
        if (i == to) {
          return to;
        }
        nestedString = false;
      } else {
        switch (bytes[i]) {
          case '"' -> nestedString = true;
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          default -> {}
        }
      }
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
