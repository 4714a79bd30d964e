package dev.purser.jdkhttp;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.CallContext;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.OngoingCall;
import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallGate;
import dev.purser.http.CutLine;
import dev.purser.http.FaultBarrier;
import dev.purser.http.KeySwap;
import dev.purser.http.OpenCall;
import dev.purser.http.Reach;
import dev.purser.http.ReadCall;
import dev.purser.http.Recognition;
import dev.purser.http.RefusedAnswer;
import dev.purser.http.Secrets;
import dev.purser.http.UpstreamHead;
import dev.purser.jdkhttp.OpenJourney.Travel;
import dev.purser.wire.CarriedKey;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one request leaves, and in which form; none leaves but through here. One that carries
 * a virtual key leaves only if the guard said that the key is good, and then with the real credential in
 * its place.
 */
final class Departure {

  private static final System.Logger LOG = System.getLogger(BudgetedHttpClient.class.getName());

  private final HttpRequest asked;
  private final HttpRequest request;
  private final RequestParts head;
  private final Attribution stated;
  private final CallContext context;
  private final @Nullable OngoingCall ongoing;
  private final Parts parts;
  private final BooleanSupplier givenUp;
  private final FaultBarrier faults;
  private final @Nullable CarriedKey key;
  private final String keyName;

  /**
   * Takes up a request, on the thread that makes it.
   *
   * @param givenUp whether the caller has given the call up
   */
  Departure(HttpRequest asked, Parts parts, BooleanSupplier givenUp) {
    this.asked = asked;
    this.parts = parts;
    this.givenUp = givenUp;
    RequestParts whole = new RequestParts(asked);
    stated = AttributionHeaders.read(whole);
    CallContext named = CallContext.named(whole.header(CallContext.HEADER));
    context = named == null ? CallContext.capture() : named;
    OngoingCall ofThread = OngoingCall.current();
    ongoing = ofThread == null ? OngoingCall.named(whole.header(OngoingCall.HEADER)) : ofThread;
    request = RequestParts.withoutAttribution(asked);
    head = new RequestParts(request);
    faults = new FaultBarrier(parts.guard(), head, stated, LOG);
    key = head.virtualKey();
    // Before the guard is asked: a name that is found is that of a key which was good then, and a
    // key that the guard lets pass afterwards is the same one.
    keyName = key == null || key.objection() != null ? "" : parts.swap().keyName(key, faults);
  }

  /** What was decided. */
  sealed interface Outcome {}

  /** The request does not leave. */
  record Answered(RefusedAnswer answer) implements Outcome {}

  /** It leaves like this. */
  record Leaving(Journey journey) implements Outcome {}

  /** Decides; fails with what the publisher of the request's body fails with. To be called once. */
  CompletableFuture<Outcome> decide() {
    Recognition known = Recognition.of(head, key != null, faults);
    Dialect dialect = known.dialect();
    Denial objection = key == null ? null : key.objection();
    if (objection != null) {
      return CompletableFuture.completedFuture(deny(dialect, objection));
    }
    return dialect == null
        ? CompletableFuture.completedFuture(
            passing(request, null, known.billable(), known.unmetered()))
        : OutgoingBody.read(request).thenApply(body -> inContext(() -> budgeted(dialect, body)));
  }

  private <T extends @Nullable Object> T inContext(Supplier<T> work) {
    CallContext.Entry entered = context.enter();
    try {
      return work.get();
    } finally {
      entered.close();
    }
  }

  /** What is asked for, once the body has been read. */
  private record Ask(
      WireCall wire, SentBody body, Reach reach, Supplier<CallIntent.Builder> intent) {}

  private Outcome budgeted(Dialect dialect, OutgoingBody outgoing) {
    SentBody body = outgoing.body();
    HttpRequest whole = outgoing.in(request);
    if (body == null || !outgoing.json().unreadable().isEmpty()) {
      return passing(whole, dialect, true, outgoing.json().unreadable());
    }
    byte[] json = outgoing.json().bytes();
    ReadCall read = ReadCall.of(dialect, head, json, faults);
    WireCall wire = read.wire();
    if (wire == null) {
      return passing(whole, dialect, true, read.unmetered());
    }
    if (ongoing != null && ongoing.is(parts.guard(), wire.model().name())) {
      if (key == null) {
        return counted(whole, dialect);
      }
      // What the key may do, and whom its calls count for, only shows here.
      ongoing.countedBelow();
    }
    Supplier<CallIntent.Builder> intent =
        () -> parts.intents().of(wire, head, stated).context(context).credential(credential());
    Reach reach = new Reach(
        wire,
        head,
        json,
        parts.upstreams(),
        there -> key == null ? null : parts.swap().at(there, keyName),
        faults);
    CallGate.Decision decision = parts.gate().ask(reach, intent);
    if (decision instanceof CallGate.Go go) {
      Attempts attempts = new Attempts(new Ask(wire, body, reach, intent));
      return attempts.clear(go, request, body);
    }
    if (decision instanceof CallGate.Refused refused) {
      return new Answered(parts.refusals().refuse(wire, refused.refusal(), faults));
    }
    return decision instanceof CallGate.Denied denied
        ? denied(dialect, denied.denial())
        : unverified(whole, dialect, "");
  }

  private @Nullable Credential credential() {
    return key == null ? Secrets.ordinary(head) : key.credential();
  }

  /** An admitted call with the model that the guard chose and, each time it fails, with the next one. */
  private final class Attempts {
    private final Ask ask;
    private final List<ModelId> tried = new ArrayList<>(1);

    Attempts(Ask ask) {
      this.ask = ask;
    }

    /** Makes an attempt ready; where it must not leave, its reservation has ended. */
    Outcome clear(CallGate.Go go, HttpRequest from, SentBody unsent) {
      tried.add(go.model());
      OpenCall call = new OpenCall(go.reservation(), faults);
      return whileOpen(call, () -> {
        FittedRequest fitted = FittedRequest.of(go.fitting(), from, unsent);
        UpstreamHead there = go.fitting().elsewhere();
        List<Change> changes = there == null ? null : ask.reach().credential(there);
        if (there != null && changes == null) {
          call.release();
          return deny(ask.wire().dialect(), KeySwap.none(keyName, there).denial());
        }
        WireCall wire = go.fitting().answered(ask.wire());
        Start start = (travel, line) -> new AdmittedJourney(
            travel,
            fitted,
            wire,
            call,
            new OngoingCall(parts.guard(), go.model(), go.reservation()),
            line,
            parts.refusals(),
            this::other,
            faults);
        call.givenUpIf(givenUp);
        return there == null || changes == null
            ? swapped(fitted.request(), wire.dialect(), call, start)
            : disguised(fitted.request(), changes, wire.dialect(), call, start);
      });
    }

    /** Returns the next attempt, ready to leave; null if there is none. Waits for no money. */
    private @Nullable Journey other() {
      if (!ask.reach().movable() || givenUp.getAsBoolean()) {
        return null;
      }
      return faults.ask(
          "the next model",
          () -> inContext(() -> {
            CallGate.Go go = parts
                .gate()
                .askAgain(
                    ask.reach(),
                    () -> ask.intent().get().maxWait(Duration.ZERO),
                    List.copyOf(tried));
            if (go == null) {
              return null;
            }
            // A provider may take what has the same key for what it has answered.
            HttpRequest anew = HttpRequest.newBuilder(
                    request, (name, value) -> !name.equalsIgnoreCase("Idempotency-Key"))
                .build();
            return clear(go, anew, ask.body().again()) instanceof Leaving leaving
                ? leaving.journey()
                : null;
          }));
    }
  }

  /**
   * Lets a request leave that is no call that was admitted, if the guard has nothing against it.
   *
   * @param dialect what it speaks, or null
   * @param billable whether it may cost something
   * @param unmetered why it could not be admitted as a call; empty if there is nothing to be told
   */
  private Outcome passing(
      HttpRequest toPass, @Nullable Dialect dialect, boolean billable, String unmetered) {
    if (key == null && !billable) {
      return new Leaving(new PlainJourney(toPass, asked));
    }
    Admission admission =
        faults.ask("the guard", () -> parts.guard().pass(faults.facts().passing(billable)));
    if (admission instanceof Admission.Denied denied) {
      return denied(dialect, denied.denial());
    }
    if (!(admission instanceof Admission.Admitted admitted)) {
      return unverified(toPass, dialect, unmetered);
    }
    OpenCall call = new OpenCall(admitted.reservation(), faults);
    Outcome outcome = whileOpen(call, () -> swapped(toPass, dialect, call, passing(call)));
    if (outcome instanceof Leaving) {
      note(unmetered);
    }
    return outcome;
  }

  /** Lets a call leave that an adapter above has had admitted, if nobody has frozen it. */
  private Outcome counted(HttpRequest toPass, Dialect dialect) {
    Admission admission =
        faults.ask("the guard", () -> parts.guard().pass(faults.facts().passing(false)));
    if (admission instanceof Admission.Denied denied) {
      return denied(dialect, denied.denial());
    }
    if (!(admission instanceof Admission.Admitted admitted)) {
      return new Leaving(new PlainJourney(toPass, asked));
    }
    OpenCall call = new OpenCall(admitted.reservation(), faults);
    return whileOpen(call, () -> swapped(toPass, dialect, call, passing(call)));
  }

  private Start passing(OpenCall call) {
    return (travel, line) -> new PassingJourney(travel, call, line, parts.refusals());
  }

  /** An error of the machine, which is nobody's to contain, must not keep a call open. */
  private static Outcome whileOpen(OpenCall call, Supplier<Outcome> decision) {
    try {
      return decision.get();
    } catch (Throwable e) {
      call.release();
      throw e;
    }
  }

  /** Makes the journey of an open call. */
  private interface Start {
    OpenJourney with(Travel travel, CutLine line);
  }

  private Outcome swapped(
      HttpRequest toSend, @Nullable Dialect dialect, OpenCall call, Start start) {
    if (key == null) {
      return leaving(new Travel(toSend, asked, null), dialect, call, start);
    }
    KeySwap.Outcome outcome = parts.swap().of(head, Objects.requireNonNull(key), keyName, faults);
    if (outcome instanceof KeySwap.Ready ready) {
      Disguise disguise = new Disguise(toSend, ready.changes());
      if (new RequestParts(disguise.sent()).virtualKey() == null) {
        return leaving(new Travel(disguise.sent(), asked, disguise), dialect, call, start);
      }
      outcome = KeySwap.unreplaced(keyName);
    }
    call.release();
    return deny(dialect, ((KeySwap.Denied) outcome).denial());
  }

  /** Puts in the credential of another host than the request was made for. */
  private Outcome disguised(
      HttpRequest toSend, List<Change> changes, Dialect dialect, OpenCall call, Start start) {
    Disguise disguise = new Disguise(toSend, changes);
    return leaving(new Travel(disguise.sent(), asked, disguise), dialect, call, start);
  }

  /** From here on somebody may freeze the call until it has ended, or has since it was admitted. */
  private Outcome leaving(Travel travel, @Nullable Dialect dialect, OpenCall call, Start start) {
    CutLine line = new CutLine();
    Denial frozen = call.cuttableBy(line::cut);
    if (frozen == null) {
      return new Leaving(start.with(travel, line));
    }
    call.release();
    return denied(dialect, frozen);
  }

  /** Lets a request leave that the guard, which failed, had no say in: not with a virtual key. */
  private Outcome unverified(HttpRequest toPass, @Nullable Dialect dialect, String unmetered) {
    if (key == null) {
      note(unmetered);
      return new Leaving(new PlainJourney(toPass, asked));
    }
    return deny(
        dialect,
        new Denial(
            Denial.Reason.UNKNOWN_KEY, key.credential().keyId(), null, "it could not be verified"));
  }

  /** Denies the request for a reason that the guard has yet to hear of. */
  private Outcome deny(@Nullable Dialect dialect, Denial denial) {
    faults.denied(denial);
    return denied(dialect, denial);
  }

  private Outcome denied(@Nullable Dialect dialect, Denial denial) {
    return new Answered(parts.refusals().deny(head.host(), dialect, denial, faults));
  }

  private void note(String unmetered) {
    if (!unmetered.isEmpty()) {
      faults.unmetered(unmetered);
    }
  }
}
