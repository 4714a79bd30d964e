package dev.purser.http;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells a caller that its call was not made: by an answer, or by an exception. */
public final class Refusals {

  private final boolean throwing;
  private final InstantSource clock;

  /**
   * Makes one.
   *
   * @param throwing whether by an exception
   * @param clock stamps what is told
   */
  public Refusals(boolean throwing, InstantSource clock) {
    this.throwing = throwing;
    this.clock = clock;
  }

  /**
   * Tells of a refusal.
   *
   * @throws BudgetExceededException if it is told so
   */
  public RefusedAnswer refuse(WireCall wire, Refusal refusal, FaultBarrier faults) {
    if (throwing) {
      throw new BudgetExceededException(refusal);
    }
    return RefusedAnswer.of(wire, refusal, clock.instant(), faults);
  }

  /**
   * Tells of a denial.
   *
   * @param host whom the request was for
   * @param dialect what it speaks, or null
   * @throws CallDeniedException if it is told so
   */
  public RefusedAnswer deny(
      String host, @Nullable Dialect dialect, Denial denial, FaultBarrier faults) {
    if (throwing) {
      throw new CallDeniedException(denial);
    }
    return RefusedAnswer.of(host, dialect, denial, faults);
  }

  /** Returns what to tell the caller of a call that failed; throws it if it was cut, and thus denied. */
  public IOException told(IOException failure) {
    if (throwing && failure instanceof CallCutException cut) {
      throw new CallDeniedException(cut.denial());
    }
    return failure;
  }
}
