package dev.purser.api;

/**
 * Takes what whoever makes a call sees of it on the way: what its record tells besides its cost. To be
 * told before the reservation ends; what comes later is passed over. Safe for use by several threads;
 * no method throws or blocks.
 */
public interface CallTrace {

  /** Takes note of nothing. */
  CallTrace NONE = new CallTrace() {};

  /** The provider began to answer, with this HTTP status. */
  default void status(int httpStatus) {}

  /** A part of the answer has come; only the first counts. */
  default void chunk() {}

  /** The model stopped for this reason, in the provider's own word, such as {@code length}. */
  default void finishReason(String reason) {}

  /**
   * The call failed.
   *
   * @param type a class of errors, never a message: {@code java.net.SocketTimeoutException}, {@code
   *     rate_limit_error}
   */
  default void failed(String type) {}

  /**
   * Returns how many characters of a prompt, and as many of an answer, the guard wants to be shown; 0, as
   * a rule, for none.
   */
  default int wantedContent() {
    return 0;
  }

  /** Shows what was sent to the model; for a guard that {@linkplain #wantedContent() wants} it. */
  default void prompt(CharSequence text) {}

  /** Shows what the model answered; for a guard that {@linkplain #wantedContent() wants} it. */
  default void answer(CharSequence text) {}
}
