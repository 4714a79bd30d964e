package dev.purser.okhttp;

import dev.purser.api.Attribution;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallContext;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.OngoingCall;
import dev.purser.api.Refusal;
import dev.purser.api.Secret;
import dev.purser.http.CallGate;
import dev.purser.http.FaultBarrier;
import dev.purser.http.Intents;
import dev.purser.http.KeySwap;
import dev.purser.http.Reach;
import dev.purser.http.ReadCall;
import dev.purser.http.Recognition;
import dev.purser.http.UpstreamHost;
import dev.purser.http.Upstreams;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
 * spent, 429 with {@code Retry-After} where it is only held, 503 where it cannot be recorded; {@link Refusal#parse} finds the facts
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
 * <p>A call that fails before its caller got a byte of the answer, because the network did or with
 * status 408, 429, or 500 and above, is made anew with another model if the guard has one for it; each
 * attempt is admitted and charged on its own. Otherwise its caller gets the failure as it is. One with a
 * one-shot or a signed body, and one that was cancelled, is never made anew. The call timeout of the
 * client spans all attempts.
 *
 * <p>A virtual key, in whatever place of a request somebody reads a credential, is swapped for the
 * real one of the {@linkplain Builder#credentials source}; the caller sees the virtual key only, in
 * what it asked and in what comes back. A call with a key that is not valid is answered with 401, and
 * one that the key may not make with 403, each in the provider's own error shape; so is one whose
 * real credential is not known. Interceptors behind this one, network interceptors, event listeners
 * and authenticators see the real credential, and so does a host that the provider redirects to: an
 * interceptor that logs requests must stand before this one, or redact their headers.
 *
 * <p>A call is counted once for a guard, also where two interceptors of it stand in one client, or in a
 * client and in the one it was built from: the outer one counts. So is a call that an adapter above has had
 * admitted, such as a wrapped model of LangChain4j's over this client: it passes here, and a freeze still
 * cuts it. If it carries a virtual key it is counted here instead, because only here its key is known.
 *
 * <p>A request body is held in memory until the call has ended, up to 64 MiB; one beyond passes
 * unmetered. A body that can be written only once and does not state its length ({@code isOneShot}
 * with a {@code contentLength} of -1) is held whatever its size, because what was read of it is its
 * only copy: state the length of large uploads.
 *
 * <p>Safe for use by several threads and clients.
 */
public final class BudgetInterceptor implements Interceptor {

  private static final System.Logger LOG = System.getLogger(BudgetInterceptor.class.getName());

  private final BudgetGuard guard;
  private final CallGate gate;
  private final KeySwap swap;
  private final RefusalResponses refusals;
  private final Intents intents;
  private final Upstreams upstreams;

  /** Makes an interceptor with the default options. */
  public BudgetInterceptor(BudgetGuard guard) {
    this(builder(guard));
  }

  private BudgetInterceptor(Builder builder) {
    guard = builder.guard;
    gate = new CallGate(guard);
    swap = new KeySwap(guard, builder.credentials);
    refusals = new RefusalResponses(builder.throwing, builder.clock);
    intents = new Intents(builder.maxWait);
    upstreams = Upstreams.of(builder.upstreams, builder.credentials != null);
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
    if (Underway.is(guard, chain.call())) {
      return chain.proceed(chain.request());
    }
    Underway underway = Underway.begin(guard, chain.call());
    try {
      return once(chain);
    } finally {
      underway.close();
    }
  }

  private Response once(Chain chain) throws IOException {
    Request asked = chain.request();
    Attribution attribution = stated(asked);
    Request request = RequestParts.withoutAttribution(asked);
    RequestParts head = new RequestParts(request);
    FaultBarrier faults = new FaultBarrier(guard, head, attribution, LOG);
    Departure departure = new Departure(chain, request, guard, swap, refusals, faults);
    Recognition known = Recognition.of(head, departure.hasVirtualKey(), faults);
    Dialect dialect = known.dialect();
    Denial objection = departure.objection();
    if (objection != null) {
      return departure.deny(request, dialect, objection);
    }
    return dialect == null
        ? departure.passing(request, null, known.billable(), known.unmetered())
        : budgeted(departure, request, dialect, attribution, faults, asked);
  }

  /** Returns the call that an adapter above is making, or null. */
  private static @Nullable OngoingCall ongoing(Request asked) {
    OngoingCall ofThread = OngoingCall.current();
    return ofThread == null ? OngoingCall.named(asked.header(OngoingCall.HEADER)) : ofThread;
  }

  /** Admits, sends and meters a call that a dialect may read. */
  Response budgeted(
      Chain chain, Request request, Dialect dialect, Attribution attribution, FaultBarrier faults)
      throws IOException {
    Departure departure = new Departure(chain, request, guard, swap, refusals, faults);
    return budgeted(departure, request, dialect, attribution, faults, request);
  }

  private Response budgeted(
      Departure departure,
      Request request,
      Dialect dialect,
      Attribution attribution,
      FaultBarrier faults,
      Request asked)
      throws IOException {
    OngoingCall ongoing = ongoing(asked);
    CallContext context = CallContext.named(asked.header(CallContext.HEADER));
    OutgoingBody body = OutgoingBody.read(request);
    BufferedBody buffered = body.buffered();
    if (buffered == null || !body.unreadable().isEmpty()) {
      return departure.passing(body.in(request), dialect, true, body.unreadable());
    }
    RequestParts head = new RequestParts(request);
    ReadCall read = ReadCall.of(dialect, head, body.json(), faults);
    WireCall wire = read.wire();
    if (wire == null) {
      return departure.passing(body.in(request), dialect, true, read.unmetered());
    }
    if (ongoing != null && ongoing.is(guard, wire.model().name())) {
      if (!departure.hasVirtualKey()) {
        return departure.counted(body.in(request), dialect);
      }
      // What the key may do, and whom its calls count for, only shows here.
      ongoing.countedBelow();
    }
    Supplier<CallIntent.Builder> intent = () -> intents
        .of(wire, head, attribution)
        .context(context)
        .credential(departure.credential(request));
    Reach reach = new Reach(wire, head, body.json(), upstreams, departure::credentialAt, faults);
    CallGate.Decision decision = gate.ask(reach, intent);
    if (decision instanceof CallGate.Go go) {
      return new Attempts(gate, departure, request, buffered, wire, reach, intent, faults).make(go);
    }
    if (decision instanceof CallGate.Refused refused) {
      return refusals.refuse(request, wire, refused.refusal(), faults);
    }
    return decision instanceof CallGate.Denied denied
        ? refusals.deny(request, wire.dialect(), denied.denial(), faults)
        : departure.unverified(
            FittedRequest.asAsked(request, buffered).request(), wire.dialect(), "");
  }

  private static Attribution stated(Request request) {
    Attribution byHeaders = dev.purser.http.AttributionHeaders.read(new RequestParts(request));
    Attribution byTag = request.tag(Attribution.class);
    return byTag == null ? byHeaders : byHeaders.orElse(byTag);
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private final BudgetGuard guard;
    private @Nullable CredentialSource credentials;
    private boolean throwing;
    private InstantSource clock = InstantSource.system();
    private @Nullable Duration maxWait;
    private final List<UpstreamHost> upstreams = new ArrayList<>();

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
     * Names a host that calls may be sent to besides their own, for models of another provider which
     * speaks the same API: chat completions of OpenAI's, or messages of Anthropic's where the provider
     * or a part of the path is called {@code anthropic}. A call gets there if the guard chooses a model
     * of that provider, at first or after another has failed.
     *
     * <p>Its model, its host and its credential are rewritten, and the field that caps its output. Other
     * fields that only one provider knows are not: a call that has some is answered with an error. Of
     * its headers only those go along that every provider reads.
     *
     * <p>Calls with a virtual key are sent with what the {@linkplain #credentials source} has for this
     * host; without that, and for calls with a credential of their own, this host is not used unless it
     * is {@linkplain #upstream(String, String, Supplier) given} one, or is nobody's that is known.
     *
     * <p>The client must let a credential go to another host than the call was made for. That of the
     * official OpenAI SDK does not (4.101 removes it, behind all interceptors that can be added): through
     * it only other models of the same host can answer.
     *
     * @param provider as models are named, such as {@code groq}; not {@code azure} or {@code aws}
     * @param baseUrl what stands before the API's path, as the API's own SDKs take it: {@code
     *     https://api.groq.com/openai/v1}, {@code https://api.deepseek.com/anthropic}
     * @throws IllegalArgumentException if no call could be sent there, or none that could be counted
     */
    public Builder upstream(String provider, String baseUrl) {
      upstreams.add(UpstreamHost.of(provider, baseUrl, null));
      return this;
    }

    /**
     * Names such a host with a credential of its own, for all calls but those with a virtual key that
     * the source has one for. Never sent anywhere else.
     *
     * @param credential asked for each call that goes there, on its thread
     * @throws IllegalArgumentException if no call could be sent there, or none that could be counted,
     *     or the credential would go there without TLS, to a host that is not loopback
     */
    public Builder upstream(String provider, String baseUrl, Supplier<Secret> credential) {
      upstreams.add(
          UpstreamHost.of(provider, baseUrl, Objects.requireNonNull(credential, "credential")));
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

    /**
     * Returns the interceptor.
     *
     * @throws IllegalArgumentException if there is no credential for one of the upstreams, or would be
     *     one for a host without TLS that is not loopback, or two of a provider speak alike
     */
    public BudgetInterceptor build() {
      return new BudgetInterceptor(this);
    }
  }
}
