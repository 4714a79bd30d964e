package dev.purser.api;

/** What a budget counts. */
public enum Measure {
  /** Money, in nano-dollars. */
  USD,
  /** Tokens read and written. */
  TOKENS,
  /** Tokens read, cached ones included. */
  INPUT_TOKENS,
  /** Tokens written, reasoning included. */
  OUTPUT_TOKENS,
  /** Calls that the provider took. */
  REQUESTS,
  /**
   * Calls that are open at the same time. Has no window and is never charged: a call's slot comes
   * back when its reservation ends, or its lease does.
   */
  CONCURRENT_CALLS;

  /** Renders an amount: {@code $1.50}, {@code 200 tokens}, {@code 3 requests}. */
  public String amount(long amount) {
    return switch (this) {
      case USD -> "$" + Usd.ofNanos(amount);
      case TOKENS -> amount + " tokens";
      case INPUT_TOKENS -> amount + " input tokens";
      case OUTPUT_TOKENS -> amount + " output tokens";
      case REQUESTS -> amount + " requests";
      case CONCURRENT_CALLS -> amount + " concurrent calls";
    };
  }
}
