package dev.purser.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.wire.json.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Meters an answer that is one JSON object: keeps the few fields that matter, and looks at the rest
 * only as it passes.
 */
final class JsonMeter implements Meter {

  /** What matters is a few hundred bytes; more is not read. */
  private static final int LONGEST_FIELD = 64 * 1024;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AnswerReader reader;
  private final ObjectNode fields = MAPPER.createObjectNode();
  private final JsonScanner scanner = new JsonScanner(new Capture());
  private AnswerReader.State state = AnswerReader.State.OPEN;

  JsonMeter(AnswerReader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    if (state != AnswerReader.State.OPEN || scanner.broken()) {
      return;
    }
    scanner.scan(bytes, offset, offset + length);
    if (scanner.done()) {
      state = AnswerReader.State.COMPLETE;
      reader.read(fields);
    } else if (scanner.broken()) {
      reader.malformed();
    }
  }

  @Override
  public void end(Output output) {
    if (state == AnswerReader.State.OPEN) {
      state = AnswerReader.State.CUT;
    }
  }

  @Override
  public Reading reading() {
    return reader.reading(state);
  }

  /** Keeps the bytes of wanted fields until each has ended. */
  private final class Capture implements JsonScanner.Handler {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private String name = "";
    private boolean wanted;

    @Override
    public boolean begin(String name, long at) {
      this.name = name;
      wanted = reader.wants(name);
      kept.reset();
      return wanted;
    }

    @Override
    public void bytes(byte[] bytes, int from, int to) {
      if (kept.size() <= LONGEST_FIELD) {
        kept.write(bytes, from, Math.min(to - from, LONGEST_FIELD + 1 - kept.size()));
      }
    }

    @Override
    public void end(long at) {
      if (!wanted) {
        return;
      }
      if (kept.size() > LONGEST_FIELD) {
        reader.malformed();
        return;
      }
      try {
        var value = MAPPER.readTree(kept.toByteArray());
        if (!value.isNull()) {
          fields.set(name, value); // of a field that stands twice, the last that says something
        }
      } catch (IOException e) {
        reader.malformed();
      }
    }
  }
}
