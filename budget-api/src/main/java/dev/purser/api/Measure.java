package dev.purser.api;

/** What a budget counts. */
public enum Measure {
  /** Money, in nano-dollars. */
  USD,
  /** Tokens read and written. */
  TOKENS,
  /** Calls that the provider took. */
  REQUESTS
}
