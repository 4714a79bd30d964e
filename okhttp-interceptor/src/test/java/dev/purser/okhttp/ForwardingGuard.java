package dev.purser.okhttp;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.PassingCall;
import dev.purser.api.UnmeteredCall;

/** A guard that lets a test do something just after a call was admitted. */
abstract class ForwardingGuard implements BudgetGuard {

  private final BudgetGuard guard;

  ForwardingGuard(BudgetGuard guard) {
    this.guard = guard;
  }

  abstract void admitted();

  @Override
  public Admission admit(CallIntent intent) {
    Admission admission = guard.admit(intent);
    admitted();
    return admission;
  }

  @Override
  public Admission pass(PassingCall call) {
    Admission admission = guard.pass(call);
    admitted();
    return admission;
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    guard.unmetered(call);
  }
}
