package dev.purser.wire.frame;

import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.json.Picker;

/**
 * A server-sent event that is too long to be held: what matters of its data, which must be one JSON
 * object, is picked as it passes. For one thread at a time.
 */
final class LongEvent {

  private static final byte[] FIELD = {'d', 'a', 't', 'a', ':'};
  private static final int NO_DATA = -1;

  private final AnswerReader reader;
  private final Picker picker;

  /** How many bytes of the field's name stand at the start of this line, or {@link #NO_DATA}. */
  private int matched;

  LongEvent(AnswerReader reader) {
    this.reader = reader;
    picker = new Picker(reader.pick(), reader);
  }

  /** Takes the next bytes of the event, from the start of a line on. */
  void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (matched == FIELD.length) {
        int end = lineEnd(bytes, at, to);
        picker.scan(bytes, at, end);
        at = end;
      }
      if (at < to) {
        byte b = bytes[at++];
        if (b == '\n' || b == '\r') {
          matched = 0;
        } else if (matched != NO_DATA && b >= 0) { // else a byte order mark
          matched = b == FIELD[matched] ? matched + 1 : NO_DATA;
        }
      }
    }
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Takes the event's end. */
  void end() {
    if (picker.malformed() || !picker.done()) {
      reader.malformed();
    }
    if (picker.done()) {
      reader.read(picker.picked());
    }
  }
}
