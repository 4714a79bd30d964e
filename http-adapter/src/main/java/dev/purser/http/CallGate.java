package dev.purser.http;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.wire.WireCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard for a call, and again where what it would hold money for cannot be sent. Safe for use
 * by several threads.
 */
public final class CallGate {

  private final BudgetGuard guard;

  /** Asks this guard. */
  public CallGate(BudgetGuard guard) {
    this.guard = guard;
  }

  /** What became of it. */
  public sealed interface Decision {}

  /** The call may leave, in this form. */
  public record Go(Reservation reservation, Fitting fitting) implements Decision {}

  /** No budget can carry it. */
  public record Refused(Refusal refusal) implements Decision {}

  /** It may not be made at all. */
  public record Denied(Denial denial) implements Decision {}

  /** The guard failed, and has no say. */
  public record Unasked() implements Decision {}

  /**
   * Asks for a call.
   *
   * @param json its body, freed of compression
   * @param intent says to the guard what the call wants, but for what may be changed in it
   */
  public Decision ask(
      WireCall wire,
      CallHead head,
      byte[] json,
      Supplier<CallIntent.Builder> intent,
      FaultBarrier faults) {
    boolean editable = !Secrets.signed(head);
    boolean movable = editable && wire.dialect().isConversation();
    Admission admission = admit(intent, editable, movable, faults);
    if (editable && admission instanceof Admission.Admitted admitted) {
      Fitting fitting;
      try {
        fitting = Fitting.of(admitted, wire, head, json, faults);
      } catch (Throwable e) {
        // An error of the machine, which is nobody's to contain; but it must not keep the money.
        faults.run("the release", admitted.reservation()::release);
        throw e;
      }
      if (fitting != null) {
        byte[] edited = fitting.edited();
        Contents.prompt(admitted.reservation(), edited == null ? json : edited, faults);
        return new Go(admitted.reservation(), fitting);
      }
      // What the money is held for cannot be sent; what can be sent needs a hold of its own.
      faults.run("the release", admitted.reservation()::release);
      admission = admit(intent, false, false, faults);
    }
    if (admission instanceof Admission.Admitted admitted) {
      Contents.prompt(admitted.reservation(), json, faults);
      return new Go(admitted.reservation(), Fitting.AS_ASKED);
    }
    if (admission instanceof Admission.Refused refused) {
      return new Refused(refused.refusal());
    }
    return admission instanceof Admission.Denied denied
        ? new Denied(denied.denial())
        : new Unasked();
  }

  private @Nullable Admission admit(
      Supplier<CallIntent.Builder> intent, boolean editable, boolean movable, FaultBarrier faults) {
    return faults.ask(
        "the guard",
        () -> guard.admit(
            intent.get().capAdjustable(editable).modelAdjustable(movable).build()));
  }
}
