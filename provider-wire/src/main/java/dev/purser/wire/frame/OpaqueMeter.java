package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.AnswerReader.State;

/**
 * Meters an answer that says nothing of its cost in a form that could be read: sound, or plain text. It
 * is shown as it passes; its end is all there is to know.
 */
final class OpaqueMeter implements Meter {

  private static final byte[] QUOTE = {'"'};

  private final AnswerReader reader;
  private State state = State.OPEN;
  private boolean first = true;

  OpaqueMeter(AnswerReader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    if (length > 0) {
      if (first) {
        reader.text(QUOTE, 0, 1, true);
        first = false;
      }
      reader.text(bytes, offset, offset + length, false);
    }
  }

  @Override
  public void end(Output output) {
    state = State.COMPLETE;
  }

  @Override
  public Reading reading() {
    return reader.reading(state);
  }
}
