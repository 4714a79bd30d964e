package dev.purser.core.alert;

/**
 * Whether a key's calls have moved to frontier models: 80 % of at least 30 calls of the last 24 hours, where
 * of at least 100 calls of its last 14 active days at most half went there, and chance does not explain it.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/prc/section3/prc33.htm">NIST: comparing two
 *     proportions</a>
 */
final class MixDrift {

  static final int BASELINE_DAYS = 14;

  private static final int LEAST_CALLS = 30;
  private static final int LEAST_BASELINE = 100;
  private static final double SHARE = 0.8;
  private static final double BASELINE_SHARE = 0.5;
  private static final double SCORE = 3;

  private MixDrift() {}

  /** What the shares say. */
  enum Verdict {
    /** Nothing to tell. */
    NONE,
    /** Mostly frontier models, and too little is known of before. */
    UNKNOWN_BEFORE,
    /** It was not so before. */
    DRIFTED
  }

  static Verdict of(long frontier, long calls, long frontierBefore, long callsBefore) {
    if (calls < LEAST_CALLS || frontier < SHARE * calls) {
      return Verdict.NONE;
    }
    if (callsBefore < LEAST_BASELINE) {
      return Verdict.UNKNOWN_BEFORE;
    }
    double now = frontier / (double) calls;
    double before = frontierBefore / (double) callsBefore;
    double pooled = (frontier + frontierBefore) / (double) (calls + callsBefore);
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / calls + 1.0 / callsBefore));
    boolean drifted = before <= BASELINE_SHARE && (now - before) / error > SCORE;
    return drifted ? Verdict.DRIFTED : Verdict.NONE;
  }
}
