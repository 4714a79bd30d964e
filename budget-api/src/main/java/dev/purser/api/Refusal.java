package dev.purser.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was refused. Amounts are nano-dollars, tokens, requests or calls, as
 * {@code measure} says.
 *
 * @param reason whether the money is spent or only held
 * @param budget the budget's name
 * @param scope the account within the budget, such as {@code key=alice}; empty if it has only one
 * @param owner the person who answers for the budget
 * @param measure what the budget counts
 * @param limit the limit in force
 * @param settled what had been charged
 * @param held what open calls held besides
 * @param requested the worst case of the refused call
 * @param resetsAt when the window ends, or null if it never does
 */
public record Refusal(
    Reason reason,
    String budget,
    String scope,
    String owner,
    Measure measure,
    long limit,
    long settled,
    long held,
    long requested,
    @Nullable Instant resetsAt) {

  /** Whether trying again can help. */
  public enum Reason {
    /** Some account had settled + requested above its limit: wait for the window to reset. */
    EXHAUSTED,
    /** Open calls hold what is missing: trying again may pass. */
    HELD,
    /** The call cannot be recorded, so that a restart would forget it: trying later may pass. */
    UNAVAILABLE
  }

  /** Returns the facts as one sentence for a person. */
  public String message() {
    String where =
        scope.isEmpty() ? "budget \"" + budget + "\"" : "budget \"" + budget + "\" (" + scope + ")";
    String what = where
        + switch (reason) {
          case EXHAUSTED -> " is exhausted";
          case HELD -> " is held by open calls";
          case UNAVAILABLE -> " cannot record what is spent";
        };
    return "Refused: "
        + what
        + ": "
        + amount(settled)
        + " spent and "
        + amount(held)
        + " held of "
        + amount(limit)
        + ", the call needs up to "
        + amount(requested)
        + (resetsAt == null ? "; the budget does not reset" : "; resets at " + resetsAt)
        + "; owner "
        + owner;
  }

  /**
   * Returns how long a caller should wait at least before it tries again: a second where money is
   * only held or cannot be recorded, else until the window resets; empty where that never happens.
   */
  public Optional<Duration> retryAfter(Instant now) {
    if (reason != Reason.EXHAUSTED) {
      return Optional.of(Duration.ofSeconds(1));
    }
    if (resetsAt == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, resetsAt);
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }

  /**
   * Returns the facts as one token of unreserved characters that survives JSON, headers and
   * exception messages; {@link #parse} reads it back.
   */
  public String token() {
    return RefusalToken.write(this);
  }

  /**
   * Finds the facts of a refusal in any text that carries its {@link #token()}: the body of a
   * synthetic answer, or the message of an SDK's exception.
   */
  public static Optional<Refusal> parse(CharSequence text) {
    return RefusalToken.find(text);
  }

  private String amount(long amount) {
    return measure.amount(amount);
  }
}
