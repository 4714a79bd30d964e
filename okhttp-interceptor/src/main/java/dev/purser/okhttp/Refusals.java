package dev.purser.okhttp;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tells a caller that its call was not made: by an answer, or by an exception. */
final class Refusals {

  private final boolean throwing;
  private final InstantSource clock;

  Refusals(boolean throwing, InstantSource clock) {
    this.throwing = throwing;
    this.clock = clock;
  }

  Response refuse(Request request, WireCall wire, Refusal refusal, FaultBarrier faults) {
    if (throwing) {
      throw new BudgetExceededException(refusal);
    }
    return RefusedAnswer.of(request, wire, refusal, clock.instant(), faults);
  }

  Response deny(Request request, @Nullable Dialect dialect, Denial denial, FaultBarrier faults) {
    if (throwing) {
      throw new CallDeniedException(denial);
    }
    return RefusedAnswer.of(request, dialect, denial, clock.instant(), faults);
  }

  /** Returns what to tell the caller of a call that failed; throws it if it was cut, and thus denied. */
  IOException told(IOException failure) {
    if (throwing && failure instanceof CallCutException cut) {
      throw new CallDeniedException(cut.denial());
    }
    return failure;
  }
}
