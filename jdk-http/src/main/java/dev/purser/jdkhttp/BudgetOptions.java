package dev.purser.jdkhttp;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Secret;
import dev.purser.http.CallGate;
import dev.purser.http.Intents;
import dev.purser.http.KeySwap;
import dev.purser.http.Refusals;
import dev.purser.http.UpstreamHost;
import dev.purser.http.Upstreams;
import dev.purser.spi.CredentialSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the calls of a {@link BudgetedHttpClient} are kept inside the budgets. Not safe for use by several threads. */
public final class BudgetOptions {

  private final BudgetGuard guard;
  private @Nullable CredentialSource credentials;
  private boolean throwing;
  private InstantSource clock = InstantSource.system();
  private @Nullable Duration maxWait;
  private final List<UpstreamHost> upstreams = new ArrayList<>();

  BudgetOptions(BudgetGuard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
  }

  /**
   * Sets where the real credentials are that take the place of virtual keys; without it, a call
   * with a virtual key is denied.
   */
  public BudgetOptions credentials(CredentialSource credentials) {
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
   * @param provider as models are named, such as {@code groq}; not {@code azure} or {@code aws}
   * @param baseUrl what stands before the API's path, as the API's own SDKs take it: {@code
   *     https://api.groq.com/openai/v1}, {@code https://api.deepseek.com/anthropic}
   * @throws IllegalArgumentException if no call could be sent there, or none that could be counted
   */
  public BudgetOptions upstream(String provider, String baseUrl) {
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
  public BudgetOptions upstream(String provider, String baseUrl, Supplier<Secret> credential) {
    upstreams.add(
        UpstreamHost.of(provider, baseUrl, Objects.requireNonNull(credential, "credential")));
    return this;
  }

  /**
   * Whether a refusal is thrown as {@link BudgetExceededException}, or as {@link
   * CallDeniedException}, instead of answered. The future of an asynchronous call fails with
   * it.
   */
  public BudgetOptions throwRefusals(boolean throwing) {
    this.throwing = throwing;
    return this;
  }

  /**
   * Sets how long each call of the client may wait for money that other calls hold, instead of the
   * guard's bound; zero for not at all. {@code sendAsync} waits, too, before it returns.
   */
  public BudgetOptions maxWait(Duration maxWait) {
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("negative wait: " + maxWait);
    }
    this.maxWait = maxWait;
    return this;
  }

  /** Sets the clock that stamps refusals; the system's by default. */
  public BudgetOptions clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Returns a client with these options whose calls go through another one.
   *
   * @throws IllegalArgumentException if there is no credential for one of the upstreams, or would be one
   *     for a host without TLS that is not loopback, or two of a provider speak alike
   */
  public HttpClient wrap(HttpClient client) {
    return new BudgetedHttpClient(client, parts());
  }

  /**
   * Returns a builder of such clients, for libraries that build theirs themselves: what it is told goes to
   * another builder, and what that builds is wrapped.
   *
   * @throws IllegalArgumentException as {@link #wrap(HttpClient)} does
   */
  public HttpClient.Builder wrap(HttpClient.Builder builder) {
    return new BudgetedClientBuilder(builder, parts());
  }

  private Parts parts() {
    return new Parts(
        guard,
        new CallGate(guard),
        new KeySwap(guard, credentials),
        new Refusals(throwing, clock),
        new Intents(maxWait),
        Upstreams.of(upstreams, credentials != null));
  }
}
