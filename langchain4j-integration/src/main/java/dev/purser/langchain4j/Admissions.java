package dev.purser.langchain4j;

import dev.purser.api.Admission;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.OngoingCall;

/** Asks a guard for calls. Safe for use by several threads. */
record Admissions(BudgetGuard guard, CallOptions options) {

  /** Asks for a call; a guard that fails has no say, and nothing is held. */
  Admission ask(CallIntent wanted) {
    Admission admission = Faults.ask("the guard", () -> guard.admit(wanted));
    return admission == null ? BudgetGuard.noop().admit(wanted) : admission;
  }

  /**
   * Returns what was admitted.
   *
   * @throws BudgetExceededException if no budget could carry the call
   * @throws CallDeniedException if it may not be made at all
   */
  static Admission.Admitted admitted(Admission admission) {
    if (admission instanceof Admission.Refused refused) {
      throw new BudgetExceededException(refused.refusal());
    }
    if (admission instanceof Admission.Denied denied) {
      throw new CallDeniedException(denied.denial());
    }
    return (Admission.Admitted) admission;
  }

  /** Whether a wrapped model around this one has had the call to this model admitted, and makes it now. */
  boolean made(ModelId model) {
    OngoingCall above = OngoingCall.current();
    return above != null && above.is(guard, model.name());
  }

  /** Returns an admitted call, open until something ends it. */
  HeldCall held(Admission.Admitted admitted) {
    return new HeldCall(guard, admitted.model(), admitted.reservation());
  }
}
