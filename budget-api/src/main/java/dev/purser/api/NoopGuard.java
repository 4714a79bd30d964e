package dev.purser.api;

import java.util.OptionalLong;

/** Admits everything. */
enum NoopGuard implements BudgetGuard {
  INSTANCE;

  @Override
  public Admission admit(CallIntent intent) {
    return new Admission.Admitted(NoopReservation.INSTANCE, intent.model(), OptionalLong.empty());
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    // Nothing is kept.
  }

  private enum NoopReservation implements Reservation {
    INSTANCE;

    @Override
    public String id() {
      return "noop";
    }

    @Override
    public Usd reserved() {
      return Usd.ZERO;
    }

    @Override
    public boolean settle(Settlement settlement) {
      return false;
    }

    @Override
    public boolean release() {
      return false;
    }

    @Override
    public boolean abandon(AbandonReason reason) {
      return false;
    }
  }
}
