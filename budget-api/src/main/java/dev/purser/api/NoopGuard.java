package dev.purser.api;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Admits everything. */
enum NoopGuard implements BudgetGuard {
  INSTANCE;

  @Override
  public Admission admit(CallIntent intent) {
    return admission(intent.credential(), intent.model());
  }

  @Override
  public Admission pass(PassingCall call) {
    return admission(call.credential(), ModelId.of(call.provider(), ""));
  }

  private static Admission admission(@Nullable Credential credential, ModelId model) {
    Denial denial = denial(credential);
    return denial == null
        ? new Admission.Admitted(NoopReservation.INSTANCE, model, OptionalLong.empty())
        : new Admission.Denied(denial);
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
