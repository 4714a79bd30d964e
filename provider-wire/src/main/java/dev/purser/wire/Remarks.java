package dev.purser.wire;

import org.jspecify.annotations.Nullable;

/**
 * What an answer says besides its cost. For one thread at a time, as the meter that reads it; cheap, and
 * never throws.
 */
public interface Remarks {

  /** Of an answer of which only the cost is read. */
  Remarks NONE = new Remarks() {};

  /**
   * Returns why the model stopped, in the provider's own word, such as {@code length}; of several choices
   * the words that differ, with commas between. Null if none was said, or none of up to 64 characters.
   */
  default @Nullable String finishReason() {
    return null;
  }

  /**
   * Returns what the provider calls the error that the answer reports, such as {@code rate_limit_error};
   * null if it reports none, or only says it in prose.
   */
  default @Nullable String errorType() {
    return null;
  }

  /**
   * Has the text that the model wrote kept from now on; without this, none is.
   *
   * @param characters how much of it at most
   */
  default void keepText(int characters) {}

  /** Returns the text that was kept, free of its encoding; empty if there is none. */
  default String text() {
    return "";
  }
}
