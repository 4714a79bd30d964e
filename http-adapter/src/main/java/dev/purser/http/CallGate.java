package dev.purser.http;

import dev.purser.api.Admission;
import dev.purser.api.Admission.Admitted;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.wire.WireCall;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard for a call, and again where what it would hold money for cannot be sent. Safe for use
 * by several threads.
 */
public final class CallGate {

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_OF_THE_SERVER = 500;

  private final BudgetGuard guard;

  /** Asks this guard. */
  public CallGate(BudgetGuard guard) {
    this.guard = guard;
  }

  /** Whether another model may answer what one answered with this HTTP status. */
  public static boolean mayPass(int status) {
    return status == REQUEST_TIMEOUT
        || status == TOO_MANY_REQUESTS
        || status >= FIRST_OF_THE_SERVER;
  }

  /** What became of it. */
  public sealed interface Decision {}

  /** The call may leave to a model, in this form. */
  public record Go(Reservation reservation, ModelId model, Fitting fitting) implements Decision {}

  /** No budget can carry it. */
  public record Refused(Refusal refusal) implements Decision {}

  /** It may not be made at all. */
  public record Denied(Denial denial) implements Decision {}

  /** The guard failed, and has no say. */
  public record Unasked() implements Decision {}

  /**
   * Asks for a call that can be sent to its own host only.
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
    return ask(new Reach(wire, head, json, Upstreams.NONE, there -> null, faults), intent);
  }

  /**
   * Asks for a call.
   *
   * @param intent says to the guard what the call wants, but for what may be changed in it
   */
  public Decision ask(Reach reach, Supplier<CallIntent.Builder> intent) {
    boolean editable = !Secrets.signed(reach.head());
    Admission admission = editable
        ? admit(reach, () -> adjustable(reach, intent).build())
        : admit(reach, () -> intent.get().build());
    if (editable && admission instanceof Admitted admitted) {
      Go go = fitted(admitted, reach);
      if (go != null) {
        return go;
      }
      // What the money was held for cannot be sent; what can be sent needs a hold of its own.
      admission = admit(reach, () -> intent.get().build());
    }
    if (admission instanceof Admitted admitted) {
      Contents.prompt(admitted.reservation(), reach.json(), reach.faults());
      return new Go(admitted.reservation(), admitted.model(), Fitting.AS_ASKED);
    }
    if (admission instanceof Admission.Refused refused) {
      return new Refused(refused.refusal());
    }
    return admission instanceof Admission.Denied denied
        ? new Denied(denied.denial())
        : new Unasked();
  }

  /**
   * Asks for the same call with another model.
   *
   * @param tried those that failed
   * @return null if there is none
   */
  public @Nullable Go askAgain(
      Reach reach, Supplier<CallIntent.Builder> intent, List<ModelId> tried) {
    Admission admission =
        admit(reach, () -> adjustable(reach, intent).tried(tried).build());
    if (!(admission instanceof Admitted admitted)) {
      return null;
    }
    if (tried.contains(admitted.model())) {
      // A guard that does not know what was tried would have it tried for ever.
      reach.faults().run("the release", admitted.reservation()::release);
      return null;
    }
    return fitted(admitted, reach);
  }

  /** Returns the call as its money is held for; null if it cannot be sent so, and then it is released. */
  private static @Nullable Go fitted(Admitted admitted, Reach reach) {
    FaultBarrier faults = reach.faults();
    Fitting fitting;
    try {
      fitting = Fitting.of(admitted, reach);
    } catch (Throwable e) {
      // An error of the machine, which is nobody's to contain; but it must not keep the money.
      faults.run("the release", admitted.reservation()::release);
      throw e;
    }
    if (fitting == null) {
      faults.run("the release", admitted.reservation()::release);
      return null;
    }
    byte[] edited = fitting.edited();
    Contents.prompt(admitted.reservation(), edited == null ? reach.json() : edited, faults);
    return new Go(admitted.reservation(), admitted.model(), fitting);
  }

  private static CallIntent.Builder adjustable(Reach reach, Supplier<CallIntent.Builder> intent) {
    boolean movable = reach.wire().dialect().isConversation();
    return intent.get().capAdjustable(true).modelAdjustable(movable).reach(reach);
  }

  private @Nullable Admission admit(Reach reach, Supplier<CallIntent> intent) {
    return reach.faults().ask("the guard", () -> guard.admit(intent.get()));
  }
}
