package dev.purser.core;

/** What a caller means to do with a call. */
enum Ending {
  /** Settle it. */
  SETTLE,
  /** Abandon it, and settle it later all the same. */
  CORRECT,
  /** Abandon it. */
  ABANDON,
  /** Never say anything of it any more. */
  LEAVE_OPEN,
  /** Release it without sending it. */
  RELEASE;

  /** Returns one of all, settling most often. */
  static Ending any(int percent) {
    if (percent < 64) {
      return SETTLE;
    }
    if (percent < 76) {
      return CORRECT;
    }
    if (percent < 84) {
      return ABANDON;
    }
    return percent < 90 ? LEAVE_OPEN : RELEASE;
  }
}
