package dev.purser.anthropic;

import dev.purser.api.BudgetGuard;
import dev.purser.http.CallGate;
import dev.purser.http.Intents;
import dev.purser.http.KeySwap;
import dev.purser.http.Refusals;
import dev.purser.spi.CredentialSource;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What all calls of an interceptor share. Each is safe for use by several threads. */
record Parts(BudgetGuard guard, CallGate gate, KeySwap swap, Refusals refusals, Intents intents) {

  static Parts of(
      BudgetGuard guard,
      @Nullable CredentialSource credentials,
      boolean throwing,
      InstantSource clock,
      @Nullable Duration maxWait) {
    return new Parts(
        guard,
        new CallGate(guard),
        new KeySwap(guard, credentials),
        new Refusals(throwing, clock),
        new Intents(maxWait));
  }
}
