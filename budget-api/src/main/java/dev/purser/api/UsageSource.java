package dev.purser.api;

/** Whence the usage of a record comes. */
public enum UsageSource {
  /** The answer stated it. */
  REPORTED,
  /** Estimated from what was seen of the answer. */
  ESTIMATED,
  /** The bound that was held, because nobody said what was used. */
  RESERVED,
  /** Nothing was used, or nobody knows. */
  NONE
}
