package dev.purser.api;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Admits everything. */
enum NoopGuard implements BudgetGuard {
  INSTANCE;

  @Override
  public Admission admit(CallIntent intent) {
    Denial denial = denial(intent.credential());
    if (denial != null) {
      return new Admission.Denied(denial);
    }
    return new Admission.Admitted(NoopReservation.INSTANCE, intent.model(), OptionalLong.empty());
  }

  @Override
  public Optional<Denial> pass(PassingCall call) {
    return Optional.ofNullable(denial(call.credential()));
  }

  private static @Nullable Denial denial(@Nullable Credential credential) {
    return credential != null && credential.isVirtualKey()
        ? new Denial(
            Denial.Reason.UNKNOWN_KEY, credential.keyId(), null, "this guard knows no virtual keys")
        : null;
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
