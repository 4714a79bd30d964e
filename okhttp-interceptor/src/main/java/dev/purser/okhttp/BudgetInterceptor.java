package dev.purser.okhttp;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the model calls of an OkHttp client inside the budgets. To be added with {@code
 * addInterceptor}, not {@code addNetworkInterceptor}: there, each redirect and connection would be a
 * call of its own, and answers would still be compressed.
 *
 * <pre>{@code
 * OkHttpClient http = new OkHttpClient.Builder()
 *     .addInterceptor(new BudgetInterceptor(purser))
 *     .build();
 * }</pre>
 *
 * <p>A call that no budget can carry does not leave. By default its caller gets an answer in the
 * provider's own error shape: status 402 with {@code x-should-retry: false} where the money is
 * spent, 429 with {@code Retry-After} where it is only held; {@link Refusal#parse} finds the facts
 * in the body or in the header {@code x-purser-refusal}.
 *
 * <p>Calls are attributed by the headers of {@link AttributionHeaders}, which never leave, by a
 * request tag of type {@link Attribution}, by the session that a request names, and by the thread's
 * scope, in that order. A session that a call states is a part of the scope's, unless the call states
 * the parent too.
 *
 * <p>Answers are delivered byte for byte as they came; only an event that was asked for to learn a
 * stream's usage is kept from a caller that did not ask for it. JSON answers up to 1 MiB are read
 * before they are handed over, streams as the caller reads them. A request that cannot be metered
 * passes, and the guard is told.
 *
 * <p>The money held is always for what is sent. Where the guard lowers the cap or routes the call to
 * another model, the body is edited; where it cannot be, the guard is asked once more for the call as
 * it stands. A signed body is never edited.
 *
 * <p>A virtual key, in whatever place of a request somebody reads a credential, is swapped for the
 * real one of the {@linkplain Builder#credentials source}; the caller sees the virtual key only, in
 * what it asked and in what comes back. A call with a key that is not valid is answered with 401, and
 * one that the key may not make with 403, each in the provider's own error shape; so is one whose
 * real credential is not known. Interceptors behind this one, network interceptors, event listeners
 * and authenticators see the real credential, and so does a host that the provider redirects to: an
 * interceptor that logs requests must stand before this one, or redact their headers.
 *
 * <p>To be added once. Added twice to one client, or to a client and to the one it was built from,
 * each of the two admits and charges every call: it counts twice.
 *
 * <p>A request body is held in memory until the call has ended, up to 64 MiB; one beyond passes
 * unmetered. A body that can be written only once and does not state its length ({@code isOneShot}
 * with a {@code contentLength} of -1) is held whatever its size, because what was read of it is its
 * only copy: state the length of large uploads.
 *
 * <p>Safe for use by several threads and clients.
 */
public final class BudgetInterceptor implements Interceptor {

  private static final Set<String> UNBILLED = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  private final BudgetGuard guard;
  private final KeySwap swap;
  private final Refusals refusals;
  private final Intents intents;

  /** Makes an interceptor with the default options. */
  public BudgetInterceptor(BudgetGuard guard) {
    this(builder(guard));
  }

  private BudgetInterceptor(Builder builder) {
    guard = builder.guard;
    swap = new KeySwap(guard, builder.credentials);
    refusals = new Refusals(builder.throwing, builder.clock);
    intents = new Intents(builder.maxWait);
  }

  /** Returns a builder with the default options. */
  public static Builder builder(BudgetGuard guard) {
    return new Builder(guard);
  }

  /**
   * Admits, sends and meters a call.
   *
   * @throws CallCutException if somebody froze the call while it was under way
   * @throws IOException what else the rest of the chain threw, unchanged; without what it came with
   *     where that quotes a real credential in place of a virtual key
   * @throws BudgetExceededException if no budget could carry the call and {@link
   *     Builder#throwRefusals} is on
   * @throws CallDeniedException if it may not be made at all, and the same is on
   */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request asked = chain.request();
    Attribution attribution = stated(asked);
    Request request = AttributionHeaders.strip(asked);
    FaultBarrier faults = new FaultBarrier(guard, request, attribution);
    Departure departure = new Departure(chain, request, guard, swap, refusals, faults);
    String host = request.url().host();
    String path = request.url().encodedPath();

    Optional<Dialect> found = faults.ask(
        "the dialects", () -> Optional.ofNullable(Dialects.find(request.method(), host, path)));
    Dialect dialect = found == null ? null : found.orElse(null);
    Denial objection = departure.objection();
    if (objection != null) {
      return departure.deny(request, dialect, objection);
    }
    if (dialect != null) {
      return budgeted(departure, request, dialect, attribution, faults);
    }
    String method = request.method();
    boolean free =
        Boolean.TRUE.equals(faults.ask("the endpoints", () -> Dialects.isFree(method, host, path)));
    boolean billable = mayBeBilled(request)
        && !free
        && (departure.hasVirtualKey()
            || faults.ask("the hosts", () -> Dialects.providerOf(host)) != null);
    String why = found == null || !billable
        ? ""
        : faults.ask("the endpoints", () -> Dialects.whyUnmetered(method, host, path));
    return departure.passing(request, null, billable, why == null ? "" : why);
  }

  /** Admits, sends and meters a call that a dialect may read. */
  Response budgeted(
      Chain chain, Request request, Dialect dialect, Attribution attribution, FaultBarrier faults)
      throws IOException {
    Departure departure = new Departure(chain, request, guard, swap, refusals, faults);
    return budgeted(departure, request, dialect, attribution, faults);
  }

  private Response budgeted(
      Departure departure,
      Request request,
      Dialect dialect,
      Attribution attribution,
      FaultBarrier faults)
      throws IOException {
    OutgoingBody body = OutgoingBody.read(request);
    BufferedBody buffered = body.buffered();
    if (buffered == null || !body.unreadable().isEmpty()) {
      return departure.passing(body.in(request), dialect, true, body.unreadable());
    }
    Optional<WireCall> wire = faults.ask(
        "the dialect", () -> Optional.ofNullable(dialect.read(seen(request, body.json()))));
    if (wire == null || wire.isEmpty()) {
      String why = wire == null ? "" : "unreadable body";
      return departure.passing(body.in(request), dialect, true, why);
    }
    String unmetered = wire.get().unmetered();
    if (unmetered != null) {
      return departure.passing(body.in(request), dialect, true, unmetered);
    }

    Supplier<CallIntent.Builder> intent =
        () -> intents.of(wire.get(), attribution).credential(departure.credential(request));
    return admitted(departure, request, buffered, body.json(), wire.get(), intent, faults);
  }

  private Response admitted(
      Departure departure,
      Request request,
      BufferedBody body,
      byte[] json,
      WireCall wire,
      Supplier<CallIntent.Builder> intent,
      FaultBarrier faults)
      throws IOException {
    boolean editable = !Secrets.signed(request);
    Admission admission = admit(intent, editable, faults);
    if (editable && admission instanceof Admission.Admitted admitted) {
      FittedRequest fitted;
      try {
        fitted = FittedRequest.of(admitted, wire, request, body, json, faults);
      } catch (Throwable e) {
        // An error of the machine, which is nobody's to contain; but it must not keep the money.
        faults.run("the release", admitted.reservation()::release);
        throw e;
      }
      if (fitted != null) {
        return departure.admitted(admitted.reservation(), fitted, wire);
      }
      // What the money is held for cannot be sent; what can be sent needs a hold of its own.
      faults.run("the release", admitted.reservation()::release);
      admission = admit(intent, false, faults);
    }
    FittedRequest asAsked = FittedRequest.asAsked(request, body);
    if (admission instanceof Admission.Admitted admitted) {
      return departure.admitted(admitted.reservation(), asAsked, wire);
    }
    if (admission instanceof Admission.Refused refused) {
      return refusals.refuse(request, wire, refused.refusal(), faults);
    }
    return admission instanceof Admission.Denied denied
        ? refusals.deny(request, wire.dialect(), denied.denial(), faults)
        : departure.unverified(asAsked.request(), wire.dialect(), "");
  }

  private @Nullable Admission admit(
      Supplier<CallIntent.Builder> intent, boolean editable, FaultBarrier faults) {
    return faults.ask(
        "the guard",
        () -> guard.admit(
            intent.get().capAdjustable(editable).modelAdjustable(editable).build()));
  }

  /** Returns a request as a dialect reads it, with these bytes as its body. */
  static WireRequest seen(Request request, byte[] json) {
    return new WireRequest(
        request.method(),
        request.url().host(),
        request.url().encodedPath(),
        request.url().encodedQuery(),
        request::header,
        json);
  }

  private static Attribution stated(Request request) {
    Attribution byHeaders = AttributionHeaders.read(request.headers());
    Attribution byTag = request.tag(Attribution.class);
    return byTag == null ? byHeaders : byHeaders.orElse(byTag);
  }

  /** Whatever does not only ask; a web socket starts as a GET and may carry any number of calls. */
  private static boolean mayBeBilled(Request request) {
    return !UNBILLED.contains(request.method())
        || request.header("Upgrade") != null
        || request.header("X-HTTP-Method-Override") != null;
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private final BudgetGuard guard;
    private @Nullable CredentialSource credentials;
    private boolean throwing;
    private InstantSource clock = InstantSource.system();
    private @Nullable Duration maxWait;

    private Builder(BudgetGuard guard) {
      this.guard = Objects.requireNonNull(guard, "guard");
    }

    /**
     * Sets where the real credentials are that take the place of virtual keys; without it, a call
     * with a virtual key is denied.
     */
    public Builder credentials(CredentialSource credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Whether a refusal is thrown as {@link BudgetExceededException}, or as {@link
     * CallDeniedException}, instead of answered. Only for clients that call synchronously: OkHttp
     * cancels an asynchronous call whose interceptor throws this, tells its callback of the
     * cancellation only, and leaves the exception to the thread's handler for uncaught ones.
     */
    public Builder throwRefusals(boolean throwing) {
      this.throwing = throwing;
      return this;
    }

    /**
     * Sets how long each call of the client may wait for money that other calls hold, instead of the
     * guard's bound; zero for not at all. Below the client's call timeout: a wait does not end when
     * the call is cancelled. An asynchronous call that waits occupies a thread of the dispatcher.
     */
    public Builder maxWait(Duration maxWait) {
      if (maxWait.isNegative()) {
        throw new IllegalArgumentException("negative wait: " + maxWait);
      }
      this.maxWait = maxWait;
      return this;
    }

    /** Sets the clock that stamps refusals; the system's by default. */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Returns the interceptor. */
    public BudgetInterceptor build() {
      return new BudgetInterceptor(this);
    }
  }
}
