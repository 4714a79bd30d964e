package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Reservation;
import dev.purser.api.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a freeze returns, none of what it names starts any more, whoever is in the middle of it. */
class FreezeAgainstStartingCallsTest {

  private static final int THREADS = 64;
  private static final int ROUNDS = 40;
  private static final FreezeTarget PLATFORM = FreezeTarget.team("platform");

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger denied = new AtomicInteger();
  private final AtomicInteger cutBeforeSent = new AtomicInteger();
  private final AtomicInteger startedAfterFreezeReturned = new AtomicInteger();
  private volatile boolean returned;

  @Test
  void noneOf64ThreadsStartsACallAfterTheFreezeReturned() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Guard guard = Guard.on(Budget.daily("tripwire", Usd.of("1000")).per(Dimension.KEY))) {
      for (int round = 0; round < ROUNDS; round++) {
        returned = false;
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Attribution who = Attribution.key("k" + i).team("platform");
          callers.add(pool.submit(() -> {
            start.await();
            while (starts(guard, who)) {
              started.incrementAndGet();
            }
            return null;
          }));
        }
        start.await();
        int before = started.get();
        while (started.get() < before + THREADS) {
          Thread.onSpinWait();
        }
        guard.purser.freeze(PLATFORM, "dana", "round " + round);
        returned = true;
        for (Future<?> caller : callers) {
          caller.get(1, TimeUnit.MINUTES);
        }
        assertThat(guard.purser.unfreeze(PLATFORM, "dana", "next round")).isTrue();
      }
      for (int i = 0; i < THREADS; i++) {
        assertThat(guard.balance("tripwire", "key=k" + i).held()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(startedAfterFreezeReturned).hasValue(0);
    assertThat(started).hasValueGreaterThanOrEqualTo(THREADS * ROUNDS);
    assertThat(denied.get() + cutBeforeSent.get()).isEqualTo(THREADS * ROUNDS);
  }

  /** Makes a call as an adapter does; false once it is frozen. */
  private boolean starts(Guard guard, Attribution who) {
    if (!(guard.admit(call(10, who)) instanceof Admission.Admitted admitted)) {
      denied.incrementAndGet();
      return false;
    }
    Reservation reservation = admitted.reservation();
    AtomicBoolean cut = new AtomicBoolean();
    if (reservation.onCut(denial -> cut.set(true)).isPresent()) {
      reservation.release();
      cutBeforeSent.incrementAndGet();
      return false;
    }
    // Here it would be sent. In this order: a cut comes before the freeze returns.
    boolean late = returned;
    if (late && !cut.get()) {
      startedAfterFreezeReturned.incrementAndGet();
    }
    reservation.release();
    return true;
  }
}
