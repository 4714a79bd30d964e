package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.CallContext;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallGate;
import dev.purser.http.CutLine;
import dev.purser.http.FaultBarrier;
import dev.purser.http.Fitting;
import dev.purser.http.KeySwap;
import dev.purser.http.OpenCall;
import dev.purser.http.ReadCall;
import dev.purser.http.Recognition;
import dev.purser.http.RefusedAnswer;
import dev.purser.http.Secrets;
import dev.purser.http.SentSecrets;
import dev.purser.wire.CarriedKey;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one request leaves, and in which form; none leaves but through here. One that carries
 * a virtual key leaves only if the guard said that the key is good, and then with the real credential in
 * its place.
 */
final class Departure {

  private static final System.Logger LOG =
      System.getLogger(AnthropicBudgetInterceptor.class.getName());

  private static final String NO_URL = "base URL that is none";

  private final HttpRequest request;
  private final RequestParts head;
  private final Attribution stated;
  private final @Nullable CallContext context;
  private final Parts parts;
  private final CutLine line;
  private final FaultBarrier faults;
  private final @Nullable CarriedKey key;
  private final String keyName;

  Departure(HttpRequest asked, Parts parts, CutLine line) {
    RequestParts whole = new RequestParts(asked);
    this.stated = AttributionHeaders.read(whole);
    context = CallContext.named(whole.header(CallContext.HEADER));
    this.request = RequestParts.withoutAttribution(asked);
    this.head = request == asked ? whole : new RequestParts(request);
    this.parts = parts;
    this.line = line;
    faults = new FaultBarrier(parts.guard(), head, stated, LOG);
    key = head.virtualKey();
    // Before the guard is asked: a name that is found is that of a key which was good then, and a
    // key that the guard lets pass afterwards is the same one.
    keyName = key == null || key.objection() != null ? "" : parts.swap().keyName(key, faults);
  }

  /** What was decided. */
  sealed interface Outcome {}

  /** The request does not leave. */
  record Answered(HttpResponse response) implements Outcome {}

  /** It leaves like this. */
  record Leaving(Journey journey) implements Outcome {}

  /** Decides; to be called once. */
  Outcome decide() {
    Recognition known = Recognition.of(head, key != null, faults);
    Dialect dialect = known.dialect();
    Denial objection = key == null ? null : key.objection();
    if (objection != null) {
      return deny(dialect, objection);
    }
    if (!head.certain()) {
      if (key != null) {
        return deny(dialect, new Denial(Denial.Reason.NO_CREDENTIAL, keyName, null, NO_URL));
      }
      return passing(request, dialect, true, NO_URL);
    }
    return dialect == null
        ? passing(request, null, known.billable(), known.unmetered())
        : budgeted(dialect);
  }

  private Outcome budgeted(Dialect dialect) {
    OutgoingBody outgoing = OutgoingBody.read(request, head.header("Content-Encoding"));
    SentBody body = outgoing.body();
    if (body == null || !outgoing.json().unreadable().isEmpty()) {
      return passing(outgoing.in(request), dialect, true, outgoing.json().unreadable());
    }
    byte[] json = outgoing.json().bytes();
    ReadCall read = ReadCall.of(dialect, head, json, faults);
    WireCall wire = read.wire();
    if (wire == null) {
      return passing(outgoing.in(request), dialect, true, read.unmetered());
    }
    Supplier<CallIntent.Builder> intent = () -> parts
        .intents()
        .of(wire, head, stated)
        .context(context)
        .credential(key == null ? Secrets.ordinary(head) : key.credential());
    CallGate.Decision decision = parts.gate().ask(wire, head, json, intent, faults);
    if (decision instanceof CallGate.Go go) {
      return admitted(go, body, wire);
    }
    if (decision instanceof CallGate.Refused refused) {
      return answered(parts.refusals().refuse(wire, refused.refusal(), faults));
    }
    return decision instanceof CallGate.Denied denied
        ? denied(dialect, denied.denial())
        : unverified(outgoing.in(request), dialect, "");
  }

  private Outcome admitted(CallGate.Go go, SentBody body, WireCall wire) {
    OpenCall call = new OpenCall(go.reservation(), faults);
    return whileOpen(call, () -> {
      Fitting fitting = go.fitting();
      byte[] edited = fitting.edited();
      SentBody sent = edited == null ? body : body.with(edited);
      HttpRequest.Builder fitted = sent.in(request.toBuilder());
      if (edited != null) {
        fitted.removeHeaders("Content-Encoding");
      }
      if (fitting.usageAsked() && head.header("Accept-Encoding") != null) {
        // An event that only we asked for cannot be cut out of compressed bytes.
        fitted.replaceHeaders("Accept-Encoding", "identity");
      }
      return swapped(
          fitted.build(),
          wire.dialect(),
          call,
          toSend -> new AdmittedJourney(
              toSend, sent, fitting.usageAsked(), wire, call, line, parts.refusals(), faults));
    });
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
      return new Leaving(new PlainJourney(toPass));
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
    return whileOpen(call, () -> {
      Outcome outcome = swapped(
          toPass,
          dialect,
          call,
          toSend -> new PassingJourney(toSend, call, line, parts.refusals()));
      if (outcome instanceof Leaving) {
        note(unmetered);
      }
      return outcome;
    });
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
    Journey with(HttpRequest toSend);
  }

  private Outcome swapped(
      HttpRequest toSend, @Nullable Dialect dialect, OpenCall call, Start start) {
    if (key == null) {
      return leaving(start.with(toSend), dialect, call);
    }
    KeySwap.Outcome outcome = parts.swap().of(head, Objects.requireNonNull(key), keyName, faults);
    if (outcome instanceof KeySwap.Ready ready) {
      HttpRequest real = Swapped.of(toSend, ready.changes());
      if (new RequestParts(real).virtualKey() == null) {
        return leaving(
            new DisguisedJourney(start.with(real), new SentSecrets(ready.changes())),
            dialect,
            call);
      }
      outcome = KeySwap.unreplaced(keyName);
    }
    call.release();
    return deny(dialect, ((KeySwap.Denied) outcome).denial());
  }

  private Outcome leaving(Journey journey, @Nullable Dialect dialect, OpenCall call) {
    Denial frozen = call.cuttableBy(line::cut);
    if (frozen == null) {
      return new Leaving(journey);
    }
    call.release();
    return denied(dialect, frozen);
  }

  /** Lets a request leave that the guard, which failed, had no say in: not with a virtual key. */
  private Outcome unverified(HttpRequest toPass, @Nullable Dialect dialect, String unmetered) {
    if (key == null) {
      note(unmetered);
      return new Leaving(new PlainJourney(toPass));
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
    return answered(parts.refusals().deny(head.host(), dialect, denial, faults));
  }

  private static Outcome answered(RefusedAnswer refused) {
    return new Answered(OwnResponse.of(refused));
  }

  private void note(String unmetered) {
    if (!unmetered.isEmpty()) {
      faults.unmetered(unmetered);
    }
  }
}
