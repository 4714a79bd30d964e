package dev.purser.okhttp;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Reservation;
import dev.purser.api.Secret;
import dev.purser.http.CallGate;
import dev.purser.http.FaultBarrier;
import dev.purser.http.KeySwap;
import dev.purser.http.OpenCall;
import dev.purser.http.Reach;
import dev.purser.http.Secrets;
import dev.purser.http.UpstreamHead;
import dev.purser.wire.CarriedKey;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The ways out for one request; none leaves but through here. One that carries a virtual key leaves
 * only if the guard said that the key is good, and then with the real credential in its place.
 */
final class Departure {

  private final Interceptor.Chain chain;
  private final BudgetGuard guard;
  private final KeySwap swap;
  private final RefusalResponses refusals;
  private final FaultBarrier faults;
  private final @Nullable CarriedKey key;
  private final String keyName;

  Departure(
      Interceptor.Chain chain,
      Request request,
      BudgetGuard guard,
      KeySwap swap,
      RefusalResponses refusals,
      FaultBarrier faults) {
    this.chain = chain;
    this.guard = guard;
    this.swap = swap;
    this.refusals = refusals;
    this.faults = faults;
    key = RequestParts.virtualKey(request);
    // Before the guard is asked: a name that is found is that of a key which was good then, and a
    // key that the guard lets pass afterwards is the same one.
    keyName = key == null || key.objection() != null ? "" : swap.keyName(key, faults);
  }

  /** Whether the request carries a virtual key. */
  boolean hasVirtualKey() {
    return key != null;
  }

  /** Returns the digest of the request's credential, or null if it has none. */
  @Nullable Credential credential(Request request) {
    return key == null ? Secrets.ordinary(new RequestParts(request)) : key.credential();
  }

  /** Returns why the request cannot leave whatever the guard says; null if nothing is wrong with it. */
  @Nullable Denial objection() {
    return key == null ? null : key.objection();
  }

  /**
   * Lets a request leave that is no call that was admitted, if the guard has nothing against it.
   *
   * @param dialect what it speaks, or null
   * @param billable whether it may cost something
   * @param unmetered why it could not be admitted as a call; empty if there is nothing to be told
   */
  Response passing(Request request, @Nullable Dialect dialect, boolean billable, String unmetered)
      throws IOException {
    if (key == null && !billable) {
      return chain.proceed(request);
    }
    Admission admission =
        faults.ask("the guard", () -> guard.pass(faults.facts().passing(billable)));
    if (admission instanceof Admission.Denied denied) {
      return refusals.deny(request, dialect, denied.denial(), faults);
    }
    if (!(admission instanceof Admission.Admitted admitted)) {
      return unverified(request, dialect, unmetered);
    }
    OpenCall call = new OpenCall(admitted.reservation(), faults, CallCutException::new);
    if (key == null) {
      return pass(request, dialect, call, unmetered);
    }
    Swapped swapped = swap(request, call::release);
    Disguise disguise = swapped.disguise();
    if (disguise == null) {
      call.release();
      return deny(request, dialect, Objects.requireNonNull(swapped.denial()));
    }
    return disguised(disguise, () -> pass(disguise.sent(), dialect, call, unmetered));
  }

  /** Lets a call leave that an adapter above has had admitted, if nobody has frozen it. */
  Response counted(Request request, Dialect dialect) throws IOException {
    Admission admission =
        faults.ask("the guard", () -> guard.pass(faults.facts().passing(false)));
    if (admission instanceof Admission.Denied denied) {
      return refusals.deny(request, dialect, denied.denial(), faults);
    }
    return admission instanceof Admission.Admitted admitted
        ? pass(
            request,
            dialect,
            new OpenCall(admitted.reservation(), faults, CallCutException::new),
            "")
        : chain.proceed(request);
  }

  /** Sends a request that somebody may freeze until its answer was read. */
  private Response pass(Request toSend, @Nullable Dialect dialect, OpenCall call, String unmetered)
      throws IOException {
    Denial frozen = call.cuttableBy(chain.call()::cancel);
    if (frozen != null) {
      call.release();
      return refusals.deny(toSend, dialect, frozen, faults);
    }
    note(unmetered);
    try {
      return PassingAnswer.of(chain.proceed(toSend), call);
    } catch (IOException e) {
      call.release();
      throw refusals.told(call.told(e));
    } catch (Throwable e) {
      // Everything, because interceptors in Kotlin may throw checked exceptions undeclared.
      call.release();
      throw e;
    }
  }

  /** The request in disguise, or why there is none. */
  private record Swapped(
      @Nullable Disguise disguise, @Nullable Denial denial) {}

  /** Swaps the key; an error of the machine, which is nobody's to contain, must not keep the call open. */
  private Swapped swap(Request request, Runnable end) {
    try {
      KeySwap.Outcome outcome =
          swap.of(new RequestParts(request), Objects.requireNonNull(key), keyName, faults);
      if (outcome instanceof KeySwap.Ready ready) {
        Disguise disguise = new Disguise(request, ready.changes());
        if (RequestParts.virtualKey(disguise.sent()) == null) {
          return new Swapped(disguise, null);
        }
        outcome = KeySwap.unreplaced(keyName);
      }
      return new Swapped(null, ((KeySwap.Denied) outcome).denial());
    } catch (Throwable e) {
      end.run();
      throw e;
    }
  }

  /** Lets a request leave that the guard, which failed, had no say in: not with a virtual key. */
  Response unverified(Request request, @Nullable Dialect dialect, String unmetered)
      throws IOException {
    if (key == null) {
      note(unmetered);
      return chain.proceed(request);
    }
    Denial denial = new Denial(
        Denial.Reason.UNKNOWN_KEY, key.credential().keyId(), null, "it could not be verified");
    return deny(request, dialect, denial);
  }

  /** Denies a request for a reason that the guard has yet to hear of. */
  Response deny(Request request, @Nullable Dialect dialect, Denial denial) {
    faults.denied(denial);
    return refusals.deny(request, dialect, denial, faults);
  }

  private void note(String unmetered) {
    if (!unmetered.isEmpty()) {
      faults.unmetered(unmetered);
    }
  }

  /** A call that was admitted: ready to leave, or barred from it, and then its reservation has ended. */
  sealed interface Clearance {}

  /** It may leave. */
  record Cleared(AdmittedCall call, @Nullable Disguise disguise) implements Clearance {}

  /**
   * It must not leave.
   *
   * @param answer tells its caller why
   */
  record Barred(Supplier<Response> answer) implements Clearance {}

  /** Returns what may be sent to a host besides the request's own in place of its virtual key, or null. */
  @Nullable Secret credentialAt(UpstreamHead there) {
    return key == null ? null : swap.at(there, keyName);
  }

  /** Makes a call ready that was admitted. */
  Clearance clear(CallGate.Go go, FittedRequest fitted, WireCall wire, Reach reach) {
    Reservation reservation = go.reservation();
    UpstreamHead there = go.fitting().elsewhere();
    if (there == null && key == null) {
      return clear(reservation, fitted, wire, null);
    }
    Runnable release = () -> faults.run("the release", reservation::release);
    Swapped swapped = there == null
        ? swap(fitted.request(), release)
        : say(fitted.request(), reach, there, release);
    Disguise disguise = swapped.disguise();
    if (disguise == null) {
      release.run();
      Denial denial = Objects.requireNonNull(swapped.denial());
      return new Barred(() -> deny(fitted.request(), wire.dialect(), denial));
    }
    FittedRequest real = new FittedRequest(disguise.sent(), fitted.body(), fitted.usageAsked());
    return clear(reservation, real, wire, disguise);
  }

  /** Puts in the credential of another host than the request was made for. */
  private Swapped say(Request request, Reach reach, UpstreamHead there, Runnable end) {
    try {
      List<Change> changes = reach.credential(there);
      return changes == null
          ? new Swapped(null, KeySwap.none(keyName, there).denial())
          : new Swapped(new Disguise(request, changes), null);
    } catch (Throwable e) {
      end.run();
      throw e;
    }
  }

  /** From here on somebody may freeze the call until it has ended, or has since it was admitted. */
  private Clearance clear(
      Reservation reservation, FittedRequest toSend, WireCall wire, @Nullable Disguise disguise) {
    AdmittedCall call = new AdmittedCall(reservation, toSend, wire, faults);
    Denial frozen = call.frozen(chain.call());
    return frozen == null
        ? new Cleared(call, disguise)
        : new Barred(() -> refusals.deny(toSend.request(), wire.dialect(), frozen, faults));
  }

  /** Sends a call. */
  Response send(Cleared cleared) throws IOException {
    Disguise disguise = cleared.disguise();
    return disguise == null ? proceed(cleared) : disguised(disguise, () -> proceed(cleared));
  }

  private Response proceed(Cleared cleared) throws IOException {
    try {
      return cleared.call().proceed(chain);
    } catch (IOException e) {
      throw refusals.told(e);
    }
  }

  /** Whether the caller has given the call up, or somebody has cut it. */
  boolean givenUp() {
    return chain.call().isCanceled() || Thread.currentThread().isInterrupted();
  }

  /** What is sent in disguise. */
  private interface Journey {
    Response make() throws IOException;
  }

  private Response disguised(Disguise disguise, Journey journey) throws IOException {
    Response answer;
    try {
      answer = journey.make();
    } catch (Throwable e) {
      // Everything, because interceptors in Kotlin may throw checked exceptions undeclared.
      if (disguise.betrayedBy(e)) {
        throw disguise.retold(e);
      }
      throw e;
    }
    Response hidden = faults.ask("the disguise", () -> disguise.hide(answer));
    return hidden == null ? disguise.hideAll(answer) : hidden;
  }
}
