package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.json.Picker;

/**
 * Meters an answer that is one JSON object, or an array that is looked through: keeps what matters,
 * and looks at the rest only as it passes.
 */
final class JsonMeter implements Meter {

  private final AnswerReader reader;
  private final Picker picker;
  private AnswerReader.State state = AnswerReader.State.OPEN;

  JsonMeter(AnswerReader reader) {
    this.reader = reader;
    picker = new Picker(reader.pick(), reader);
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    if (state != AnswerReader.State.OPEN || picker.broken()) {
      return;
    }
    picker.scan(bytes, offset, offset + length);
    if (picker.malformed()) {
      reader.malformed();
    }
    if (picker.done()) {
      state = AnswerReader.State.COMPLETE;
      reader.read(picker.picked());
    }
  }

  /** What matters is only read when the answer is whole. */
  @Override
  public boolean news() {
    return state != AnswerReader.State.OPEN;
  }

  @Override
  public void end(Output output) {
    if (state == AnswerReader.State.OPEN) {
      state = AnswerReader.State.CUT;
    }
  }

  /** The answer was written before its first byte came: of one that is cut, nobody sees the rest. */
  @Override
  public Reading reading() {
    Reading reading = reader.reading(state);
    return state == AnswerReader.State.COMPLETE
        ? reading
        : new Reading(reading.finished(), reading.settlement(), reading.trouble());
  }

  @Override
  public Remarks remarks() {
    return reader.remarks();
  }
}
