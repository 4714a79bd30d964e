package dev.purser.http;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.PassingCall;
import dev.purser.api.UnmeteredCall;
import java.util.ArrayList;
import java.util.List;

/** A guard that is told of faults. */
final class Notes implements BudgetGuard {

  final List<UnmeteredCall> unmetered = new ArrayList<>();

  @Override
  public Admission admit(CallIntent intent) {
    return BudgetGuard.noop().admit(intent);
  }

  @Override
  public Admission pass(PassingCall call) {
    return BudgetGuard.noop().pass(call);
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    unmetered.add(call);
  }
}
