package dev.purser.core.route;

import dev.purser.api.Exchange;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker for each model of a provider that calls are routed to, fed by how they end: it opens
 * when half of the last ten calls failed, and gives leave to two of them again half a minute later. Their
 * number is that of the models in the rules. Safe for use by several threads.
 */
final class Breakers {

  private static final int WINDOW = 10;
  private static final int LEAST = 5;
  private static final int TRIALS = 2;
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final float HALF = 50;

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int FIRST_FAULT = 500;
  private static final int FIRST_ERROR = 400;

  private final ConcurrentHashMap<ModelId, CircuitBreaker> breakers = new ConcurrentHashMap<>();
  private final CircuitBreakerConfig config;

  Breakers(InstantSource clock) {
    config = CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(WINDOW)
        .minimumNumberOfCalls(LEAST)
        .failureRateThreshold(HALF)
        .waitDurationInOpenState(PAUSE)
        .permittedNumberOfCallsInHalfOpenState(TRIALS)
        .clock(clock.withZone(ZoneOffset.UTC))
        .currentTimestampFunction(time -> time.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
        .build();
  }

  private CircuitBreaker of(ModelId model) {
    return breakers.computeIfAbsent(model, id -> CircuitBreaker.of(id.toString(), config));
  }

  /** Whether a call may be sent to the model; whoever is given leave tells how the call ends. */
  boolean leave(ModelId model) {
    return of(model).tryAcquirePermission();
  }

  /** The call was not sent after all, or says nothing of the model. */
  void unused(ModelId model) {
    of(model).releasePermission();
  }

  /** The call has ended. */
  void ended(ModelId model, SpendRecord record) {
    Exchange exchange = record.exchange();
    Duration latency = exchange.latency();
    long millis = latency == null ? 0 : latency.toMillis();
    if (isFault(exchange)) {
      String error = exchange.errorType();
      of(model).onError(millis, TimeUnit.MILLISECONDS, new IOException(error));
    } else if (isAnswer(exchange, record)) {
      of(model).onSuccess(millis, TimeUnit.MILLISECONDS);
    } else {
      unused(model);
    }
  }

  /** What another model may not answer with, too; a request that is wrong in itself is no fault of the model. */
  private static boolean isFault(Exchange exchange) {
    int status = exchange.status();
    if (status >= FIRST_ERROR) {
      return status == TOO_MANY || status == REQUEST_TIMEOUT || status >= FIRST_FAULT;
    }
    return exchange.errorType() != null; // no answer, or one that broke off
  }

  private static boolean isAnswer(Exchange exchange, SpendRecord record) {
    return exchange.status() < FIRST_ERROR
        && (exchange.status() > 0 || record.outcome() == SpendRecord.Outcome.SETTLED);
  }
}
