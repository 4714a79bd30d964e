package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the wanted values out of one JSON document as its bytes pass in pieces of any size. Memory is
 * bounded by {@link #MOST_KEPT} whatever the document's size and depth. For one thread at a time; never
 * throws on bad input.
 */
public final class Picker {

  /** What matters is a few hundred bytes, of an answer with many parts a few thousand. */
  private static final int MOST_KEPT = 1024 * 1024;

  /** What a value costs besides its bytes, so that millions of empty ones are not kept either. */
  private static final int EACH = 64;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Shown shown;
  private final Level root;
  private int kept;
  private boolean malformed;

  /** Takes the bytes of text that is shown, escapes and quotes included. */
  @FunctionalInterface
  public interface Shown {
    /**
     * Takes the next bytes. The slice is only valid during the call.
     *
     * @param first whether a value begins with them
     */
    void text(byte[] bytes, int from, int to, boolean first);
  }

  /** Creates a picker of one document. */
  public Picker(Pick pick, Shown shown) {
    this.shown = shown;
    root = new Level(pick);
  }

  /**
   * Scans the next bytes.
   *
   * @return the index after the document's last byte, or after the one that broke it; {@code to} if it
   *     goes on
   */
  public int scan(byte[] bytes, int from, int to) {
    return root.scan(bytes, from, to);
  }

  /** Whether the document is whole. */
  public boolean done() {
    return root.scanner.done();
  }

  /** Whether this can no longer become a document. */
  public boolean broken() {
    return root.scanner.broken();
  }

  /** Whether something that was wanted could not be read, or was more than is kept. */
  public boolean malformed() {
    return malformed || root.isSpoilt();
  }

  /** Returns what was picked so far, in the shape of the document. */
  public JsonNode picked() {
    return root.container();
  }

  /** The bytes of one value. */
  private static final class Value extends ByteArrayOutputStream {

    /** How many digits a number has at most that is an int. */
    private static final int DIGITS = 9;

    Value() {
      super(64);
    }

    /** Returns the value if it is a short number or text that needs no parser; null for all else. */
    @Nullable JsonNode simple() {
      if (count == 0) {
        return null;
      }
      return buf[0] == '"' ? text() : number();
    }

    private @Nullable JsonNode text() {
      for (int i = 1; i < count - 1; i++) {
        byte b = buf[i];
        if (b < ' ' || b == '\\' || b == '"') {
          return null;
        }
      }
      return count > 1 && buf[count - 1] == '"'
          ? new TextNode(new String(buf, 1, count - 2, US_ASCII))
          : null;
    }

    private @Nullable JsonNode number() {
      if (count > DIGITS || (buf[0] == '0' && count > 1)) {
        return null;
      }
      int number = 0;
      for (int i = 0; i < count; i++) {
        int digit = buf[i] - '0';
        if (digit < 0 || digit > 9) {
          return null;
        }
        number = 10 * number + digit;
      }
      return IntNode.valueOf(number);
    }
  }

  /** One object or array of the document, of which something is wanted. */
  private final class Level implements JsonScanner.Handler {
    private final Pick pick;
    private final JsonScanner scanner = new JsonScanner(this);
    private final Value bytes = new Value();
    private @Nullable ContainerNode<?> node;
    private @Nullable Level inner;
    private @Nullable Pick current;
    private String name = "";
    private boolean first;

    Level(Pick pick) {
      this.pick = pick;
    }

    /** Returns what was picked; an empty one if nothing was. */
    ContainerNode<?> container() {
      ContainerNode<?> there = node;
      if (there != null) {
        return there;
      }
      return scanner.isObject() ? MAPPER.createObjectNode() : MAPPER.createArrayNode();
    }

    int scan(byte[] bytes, int from, int to) {
      return scanner.scanOne(bytes, from, to);
    }

    @Override
    public boolean begin(String name, long at) {
      this.name = name;
      first = true;
      inner = null;
      bytes.reset();
      node = container();
      current = scanner.isObject() ? pick.field(name) : pick;
      return current != null;
    }

    @Override
    public @Nullable JsonScanner inside(byte opening) {
      Pick wanted = current;
      if (wanted == null || wanted.isKept() || wanted.isText()) {
        return null;
      }
      if (opening == '[' && !scanner.isObject()) {
        current = null; // an array in an array, and who knows how many more: of no API
        return null;
      }
      inner = new Level(wanted);
      return inner.scanner;
    }

    /** Whether this level, or what is being taken apart inside of it, cannot be read. */
    boolean isSpoilt() {
      Level deeper = inner;
      return scanner.broken() || (deeper != null && deeper.isSpoilt());
    }

    @Override
    public void bytes(byte[] bytes, int from, int to) {
      Pick wanted = current;
      if (wanted == null) {
        return;
      }
      boolean begins = first;
      first = false;
      if (wanted.isText()) {
        shown.text(bytes, from, to, begins);
      } else {
        keep(bytes, from, to);
      }
    }

    private void keep(byte[] from, int start, int end) {
      if (kept + (end - start) > MOST_KEPT) {
        malformed = true;
        current = null;
        kept -= bytes.size(); // or it would depend on how the bytes were split what else is kept
        bytes.reset();
      } else {
        kept += end - start;
        bytes.write(from, start, end - start);
      }
    }

    @Override
    public void end(long at) {
      Pick wanted = current;
      if (wanted == null || wanted.isText()) {
        return;
      }
      Level deeper = inner;
      inner = null;
      kept += EACH;
      if (kept > MOST_KEPT) {
        malformed = true;
      } else if (deeper != null) {
        malformed |= deeper.isSpoilt();
        put(deeper.container());
      } else {
        read();
      }
    }

    private void read() {
      try {
        JsonNode value = bytes.simple();
        if (value == null) {
          value = MAPPER.readTree(bytes.toByteArray());
        }
        if (!value.isNull()) { // of a field that stands twice, the last that says something
          put(value);
        }
      } catch (IOException e) {
        malformed = true;
      }
    }

    private void put(JsonNode value) {
      if (node instanceof ObjectNode object) {
        object.set(name, value);
      } else if (node instanceof ArrayNode array) {
        array.add(value);
      }
    }
  }
}
