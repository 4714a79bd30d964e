package dev.purser.wire.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.json.Pick;
import dev.purser.wire.json.Picker;

/**
 * Gathers what one answer says about its cost, from the pieces that a {@link Meter} cuts out of it: a
 * JSON answer is one piece, an event of a stream is one each. Each dialect has its own. For one thread at
 * a time.
 */
public interface AnswerReader extends Picker.Shown {

  /** Returns what {@link #read} is to be given of a piece, and what is to be shown. */
  Pick pick();

  /**
   * Whether a server-sent event is worth parsing; called with its raw bytes, so that most events may
   * cost no more than a look.
   */
  default boolean wants(byte[] bytes, int from, int to) {
    return true;
  }

  /** Takes what was picked of a piece. */
  void read(JsonNode piece);

  /**
   * Whether an event carries nothing that a caller would miss who did not ask for usage.
   *
   * @param event all of it
   */
  default boolean hidable(JsonNode event) {
    return false;
  }

  /** Takes an event that is not JSON; returns whether that is how this API says it has finished. */
  default boolean isLast(String text) {
    return false;
  }

  /**
   * Whether this API may answer with what is neither JSON nor events, such as sound or plain text, of
   * which text is shown as a JSON string without its end.
   */
  default boolean takesAnything() {
    return false;
  }

  /** Some part that was wanted could not be read. */
  void malformed();

  /**
   * Returns what is known.
   *
   * @param state how much of the answer has been seen
   */
  Meter.Reading reading(State state);

  /** Returns what the answer has said so far besides its cost. */
  default Remarks remarks() {
    return Remarks.NONE;
  }

  /** How much of an answer has been seen. */
  enum State {
    /** More is to come. */
    OPEN,
    /** The provider said that it has finished. */
    COMPLETE,
    /** The answer ended, and the provider had not said that it has finished. */
    CUT
  }
}
