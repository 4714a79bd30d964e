package dev.purser.api;

/** Why a call was charged at its reserved amount. Each reason is counted. */
public enum AbandonReason {
  /** Whoever made the call closed the reservation without a word. */
  NOT_SETTLED,
  /** The lease ended before the call did. */
  LEASE_ENDED,
  /** The process ended before the call did; a start found it in the journal. */
  ORPHANED,
  /** The caller closed the answer before its end. */
  CLOSED_EARLY,
  /** The call failed after the request had left. */
  CALL_FAILED,
  /** Somebody froze the call, and it was cut. */
  FROZEN,
  /** The stream ended before the provider had finished. */
  STREAM_CUT,
  /** The answer could not be read: no JSON, no valid compression, or absurd. */
  MALFORMED_ANSWER,
  /** The answer reported an error with a status of success. */
  ERROR_IN_ANSWER,
  /** The answer stated a usage that cannot be: negative, or more than a {@code long} holds. */
  IMPLAUSIBLE_USAGE,
  /** The answer was complete and stated no usage. */
  NO_USAGE
}
