package dev.purser.wire.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.AnswerReader.State;
import dev.purser.wire.json.Pick;
import dev.purser.wire.json.Picker;
import java.util.Base64;

/**
 * Meters an event stream of AWS. A message is given to the reader as an object of one field, named by its
 * {@code :event-type} ({@code exception} for those), that holds what was picked of its payload; a {@code
 * chunk}, whose payload is another JSON document in base64, as that document.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html">the format</a>
 */
final class EventStreamMeter implements Meter {

  private static final String CHUNK = "chunk";
  private static final Pick CHUNK_BYTES = Pick.of("bytes");

  private final AnswerReader reader;
  private final EventStreamFraming framing = new EventStreamFraming(new Messages());
  private boolean broken;
  private State state = State.OPEN;

  EventStreamMeter(AnswerReader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    if (!broken && !framing.take(bytes, offset, offset + length)) {
      broken = true; // where the next message begins can no longer be known
      reader.malformed();
    }
  }

  /** Such a stream has no end of its own: it is whole if it ends where a message does. */
  @Override
  public void end(Output output) {
    if (state == State.OPEN) {
      state = !broken && framing.betweenMessages() ? State.COMPLETE : State.CUT;
    }
  }

  @Override
  public Reading reading() {
    return reader.reading(state);
  }

  @Override
  public Remarks remarks() {
    return reader.remarks();
  }

  /** Reads the payload of each message as it passes. */
  private final class Messages implements EventStreamFraming.Handler {
    private String name = "";
    private Picker picker = new Picker(CHUNK_BYTES, reader);

    @Override
    public void begin(EventStreamHeaders headers) {
      name = headers.name();
      picker = new Picker(name.equals(CHUNK) ? CHUNK_BYTES : payload(name), reader);
    }

    private Pick payload(String event) {
      Pick inner = reader.pick().at(event);
      return inner == null ? Pick.of() : inner;
    }

    @Override
    public void payload(byte[] bytes, int from, int to) {
      picker.scan(bytes, from, to);
    }

    @Override
    public void end(boolean intact) {
      if (!intact || picker.malformed() || !picker.done()) {
        reader.malformed();
      } else if (name.equals(CHUNK)) {
        chunk(picker.picked().path("bytes"));
      } else {
        reader.read(JsonNodeFactory.instance.objectNode().set(name, picker.picked()));
      }
    }

    private void chunk(JsonNode encoded) {
      byte[] document;
      try {
        document = Base64.getDecoder().decode(encoded.asText());
      } catch (IllegalArgumentException e) {
        reader.malformed();
        return;
      }
      Picker inner = new Picker(reader.pick(), reader);
      inner.scan(document, 0, document.length);
      if (inner.malformed() || !inner.done()) {
        reader.malformed();
      } else {
        reader.read(inner.picked());
      }
    }
  }
}
