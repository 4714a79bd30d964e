package dev.purser.benchmarks;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What else could count, as many of each as a call has accounts. Safe for use by several threads.
 *
 * <p>The floor is the least that could do it: for each account a compare-and-set to take and an atomic
 * add to give back, without windows, leases, endings or records. Bucket4j takes from local buckets and gives
 * back to them, which know neither a hold nor what a call costs in the end. Resilience4j's and Guava's rate
 * limiters give nothing back: they cannot know that a call used less than it might have.
 */
final class Rivals {

  /** A rate that nothing here reaches, with room below the ends of their arithmetic. */
  private static final int PERMITS = 1_000_000_000;

  private final AtomicLong[] floor;
  private final Bucket[] buckets;
  private final io.github.resilience4j.ratelimiter.RateLimiter[] limiters;

  @SuppressWarnings("UnstableApiUsage") // what it measures is what there is
  private final RateLimiter[] guava;

  @SuppressWarnings("UnstableApiUsage")
  Rivals(int accounts) {
    floor = new AtomicLong[accounts];
    buckets = new Bucket[accounts];
    limiters = new io.github.resilience4j.ratelimiter.RateLimiter[accounts];
    guava = new RateLimiter[accounts];
    for (int i = 0; i < accounts; i++) {
      floor[i] = new AtomicLong();
      buckets[i] = Bucket.builder()
          .addLimit(limit -> limit.capacity(Accounts.LIMIT).refillIntervally(1, Duration.ofDays(1)))
          .build();
      limiters[i] = io.github.resilience4j.ratelimiter.RateLimiter.of(
          "r" + i,
          RateLimiterConfig.custom()
              .limitForPeriod(PERMITS)
              .limitRefreshPeriod(Duration.ofMillis(1))
              .timeoutDuration(Duration.ZERO)
              .build());
      guava[i] = RateLimiter.create(PERMITS);
    }
  }

  boolean floor() {
    for (AtomicLong used : floor) {
      long before;
      do {
        before = used.get();
        if (Accounts.WORST_CASE > Accounts.LIMIT - before) {
          return false;
        }
      } while (!used.compareAndSet(before, before + Accounts.WORST_CASE));
    }
    for (int i = floor.length - 1; i >= 0; i--) {
      floor[i].addAndGet(Accounts.COST - Accounts.WORST_CASE);
    }
    return true;
  }

  boolean bucket4j() {
    for (Bucket bucket : buckets) {
      if (!bucket.tryConsume(Accounts.WORST_CASE)) {
        return false;
      }
    }
    for (Bucket bucket : buckets) {
      bucket.addTokens(Accounts.WORST_CASE - Accounts.COST);
    }
    return true;
  }

  boolean resilience4j() {
    for (io.github.resilience4j.ratelimiter.RateLimiter limiter : limiters) {
      if (!limiter.acquirePermission()) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("UnstableApiUsage")
  boolean guava() {
    boolean all = true;
    for (RateLimiter limiter : guava) {
      all &= limiter.tryAcquire();
    }
    return all;
  }
}
