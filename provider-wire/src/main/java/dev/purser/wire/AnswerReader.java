package dev.purser.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Gathers what one answer says about its cost, from the pieces that a {@link Meter} cuts out of it.
 * Each dialect has its own. For one thread at a time.
 */
interface AnswerReader {

  /** The fields of a JSON answer that {@link #read} is to be given. */
  boolean wants(String field);

  /**
   * Whether an event of a stream is worth parsing; called with its raw bytes, so that most events
   * cost no more than a look.
   */
  boolean wants(byte[] bytes, int from, int to);

  /**
   * Takes a JSON answer's wanted fields, or an event.
   *
   * @return whether it states usage and carries nothing that a caller would miss
   */
  boolean read(JsonNode piece);

  /** Takes an event that is not JSON; returns whether that is how this API says it has finished. */
  boolean isLast(String text);

  /** Some part that was wanted could not be read. */
  void malformed();

  /**
   * Returns what is known.
   *
   * @param state how much of the answer has been seen
   */
  Meter.Reading reading(State state);

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
