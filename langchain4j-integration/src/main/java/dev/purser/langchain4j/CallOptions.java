package dev.purser.langchain4j;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a wrapped model's calls are counted. Immutable. */
public final class CallOptions {

  /** The provider that the model states, no attribution of its own, and the guard's bound of waiting. */
  public static final CallOptions DEFAULT = new CallOptions(null, Attribution.NONE, null);

  private final @Nullable String provider;
  private final Attribution attribution;
  private final @Nullable Duration maxWait;

  private CallOptions(
      @Nullable String provider, Attribution attribution, @Nullable Duration maxWait) {
    this.provider = provider;
    this.attribution = attribution;
    this.maxWait = maxWait;
  }

  /**
   * Returns these options with the provider whose prices are paid, as price tables name it: {@code
   * groq}, {@code azure}. For models that speak one provider's API to another one's host, of which
   * LangChain4j does not tell.
   */
  public CallOptions provider(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a provider needs a name");
    }
    return new CallOptions(name, attribution, maxWait);
  }

  /** Returns these options with what calls count for that say nothing themselves, nor their scope. */
  public CallOptions attribution(Attribution unlessStated) {
    return new CallOptions(provider, Objects.requireNonNull(unlessStated), maxWait);
  }

  /**
   * Returns these options with how long each call may wait for money that other calls hold, instead of
   * the guard's bound; zero for not at all.
   */
  public CallOptions maxWait(Duration most) {
    if (most.isNegative()) {
      throw new IllegalArgumentException("negative wait: " + most);
    }
    return new CallOptions(provider, attribution, most);
  }

  /** Returns these options, which name no provider. */
  CallOptions ofAnyProvider() {
    if (provider != null) {
      throw new IllegalArgumentException(
          "each model has a provider of its own: name it " + provider + "/…");
    }
    return this;
  }

  @Nullable String provider() {
    return provider;
  }

  /** Returns what a call counts for that states this: the rest is the thread's scope's, then ours. */
  Attribution whole(Attribution stated) {
    AttributionScope scope = AttributionScope.current();
    return (scope == null ? stated : stated.orElse(scope.attribution())).orElse(attribution);
  }

  @Nullable Duration maxWait() {
    return maxWait;
  }
}
