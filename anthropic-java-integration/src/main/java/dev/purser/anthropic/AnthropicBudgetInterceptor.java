package dev.purser.anthropic;

import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.Interceptor;
import dev.purser.api.Attribution;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Refusal;
import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallCutException;
import dev.purser.spi.CredentialSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the model calls of the official Anthropic Java SDK inside the budgets.
 *
 * <pre>{@code
 * AnthropicClient client = AnthropicOkHttpClient.builder()
 *     .fromEnv()
 *     .addInterceptor(new AnthropicBudgetInterceptor(purser))
 *     .build();
 * }</pre>
 *
 * <p>A call that no budget can carry does not leave, and is not retried: the SDK gets an answer in the
 * provider's own error shape, status 402 with {@code x-should-retry: false}, and throws its {@code
 * PaymentRequiredException}. Where the money is only held the status is 429 with {@code Retry-After}, and
 * the SDK tries again as it does for any rate limit; where the call cannot be recorded it is 503, likewise.
 * {@link Refusal#parse} finds the facts in the exception's body or in the header {@code x-purser-refusal}. Each attempt of the SDK's has a hold of its
 * own, given back where the provider does not bill it.
 *
 * <p>Calls are attributed by the headers of {@link AttributionHeaders#of} ({@code
 * putAdditionalHeader}), which never leave, by the session that a request names, and, for calls of the
 * blocking client, by the thread's scope, in that order. Calls of the asynchronous client run on threads
 * of the SDK's, which have no scope. A client may state an {@link Attribution} for all its calls with
 * {@code putHeader}.
 *
 * <p>Answers are delivered byte for byte as they came. JSON answers up to 1 MiB are read before they are
 * handed over, so that a call is settled even if its future was cancelled, which the SDK does not tell
 * the network; streams are metered as the caller reads them and settled at the first of their end, their
 * last event, a failure and being closed. A stream that is neither read nor closed is charged at the end
 * of its lease.
 *
 * <p>The money held is always for what is sent: where the guard lowers the cap or routes the call to
 * another model, the body is edited; where it cannot be, the guard is asked once more for the call as it
 * stands. A request body is held in memory until the call has ended, up to 64 MiB; a larger one, and one
 * that is no JSON, passes unmetered, and the guard is told.
 *
 * <p>A virtual key, given to the SDK as its API key, is swapped for the real one of the {@linkplain
 * Builder#credentials source}; the caller sees the virtual key only. Interceptors behind this one see
 * the real credential. A call whose key is no good is answered with 401, one that the key may not make
 * with 403.
 *
 * <p>A freeze closes the stream of an answer, whose reader is told by a {@link CallCutException}, and
 * fails an asynchronous call that waits for its answer. A blocking call that waits for the first bytes of
 * its answer cannot be interrupted: the SDK gives nobody a handle on it. It is told once they come.
 *
 * <p>To be added once: added twice, each of the two admits and charges every call. Safe for use by several
 * threads and clients.
 */
public final class AnthropicBudgetInterceptor implements Interceptor {

  private final Parts parts;

  /** Makes an interceptor with the default options. */
  public AnthropicBudgetInterceptor(BudgetGuard guard) {
    this(builder(guard));
  }

  private AnthropicBudgetInterceptor(Builder builder) {
    parts = Parts.of(
        builder.guard, builder.credentials, builder.throwing, builder.clock, builder.maxWait);
  }

  /** Returns a builder with the default options. */
  public static Builder builder(BudgetGuard guard) {
    return new Builder(guard);
  }

  /** Returns a client that sends through this one what the budgets can carry. */
  @Override
  public HttpClient intercept(HttpClient httpClient) {
    return new BudgetedHttpClient(httpClient, parts);
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
     * CallDeniedException}, instead of answered; the futures of asynchronous calls fail with it. The
     * SDK retries neither, so nor does it retry what is only held.
     */
    public Builder throwRefusals(boolean throwing) {
      this.throwing = throwing;
      return this;
    }

    /**
     * Sets how long each call may wait for money that other calls hold, instead of the guard's bound;
     * zero for not at all. An asynchronous call that waits occupies a thread of the SDK's completion
     * executor.
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
    public AnthropicBudgetInterceptor build() {
      return new AnthropicBudgetInterceptor(this);
    }
  }
}
