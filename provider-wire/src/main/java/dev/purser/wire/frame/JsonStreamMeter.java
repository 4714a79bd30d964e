package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.AnswerReader.State;
import dev.purser.wire.json.Picker;
import org.jspecify.annotations.Nullable;

/**
 * Meters a stream of JSON objects: one after the other, as with lines of JSON, or as the elements of an
 * array that grows. Keeps what matters of the one that is passing.
 */
final class JsonStreamMeter implements Meter {

  private final AnswerReader reader;
  private @Nullable Picker picker;
  private boolean started;
  private boolean array;
  private boolean broken;
  private boolean spoilt;
  private long documents;
  private State state = State.OPEN;

  JsonStreamMeter(AnswerReader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    int at = offset;
    int end = offset + length;
    while (at < end && state == State.OPEN && !(broken && array)) {
      Picker open = picker;
      if (broken) {
        at = nextLine(bytes, at, end);
      } else if (open != null) {
        at = open.scan(bytes, at, end);
        close(open);
      } else {
        at = between(bytes, at);
      }
    }
  }

  /** Of lines of JSON the next may be whole. */
  private int nextLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    if (at < to) {
      broken = false;
      spoilt = true;
      picker = null;
    }
    return at;
  }

  /** Takes a byte between two objects. */
  private int between(byte[] bytes, int at) {
    switch (bytes[at]) {
      case '{' -> {
        started = true;
        picker = new Picker(reader.pick(), reader);
        return at; // the picker's first byte
      }
      case '[' -> {
        broken = started;
        array = !started;
        started = true;
      }
      case ']' -> {
        broken = !array;
        state = array ? State.COMPLETE : state;
      }
      case ' ', '\n', '\r', '\t', ',', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> {}
      default -> broken = true;
    }
    if (broken) {
      reader.malformed();
    }
    return at + 1;
  }

  private void close(Picker open) {
    if (open.done()) {
      if (open.malformed()) {
        reader.malformed();
      }
      reader.read(open.picked());
      documents++;
      picker = null;
    } else if (open.broken()) {
      broken = true;
      reader.malformed();
    }
  }

  /** One object alone is the answer of a provider that streams nothing. */
  @Override
  public void end(Output output) {
    if (state == State.OPEN) {
      boolean whole = documents == 1 && !array && !broken && !spoilt && picker == null;
      state = whole ? State.COMPLETE : State.CUT;
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
}
