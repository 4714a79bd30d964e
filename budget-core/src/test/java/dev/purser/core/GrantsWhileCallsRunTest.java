package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Grants that come and go, and charges that are written off, while calls run on many threads. */
class GrantsWhileCallsRunTest {

  private static final int THREADS = 8;
  private static final long LIMIT = Usd.of("1").nanos();
  private static final Budget ALL = Budget.total("all", Usd.ofNanos(LIMIT));
  private static final Grant TEN_CENTS =
      Grant.of("all", Usd.of("0.10")).by("dana").because("release night");

  private final Guard guard = Guard.on(ALL);

  private static void run(List<Callable<Void>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void noCallIsAdmittedAboveTheLimitWithTheGrantsThenInForce() throws Exception {
    int grants = 60;
    AtomicLong admitted = new AtomicLong();
    AtomicLong mostGranted = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>(Collections.nCopies(THREADS, () -> {
      boolean last = false;
      while (!last) {
        last = done.get();
        // $0.007 each, so that the limit is never met exactly.
        if (guard.admit(call(700)) instanceof Admission.Admitted call) {
          // What is known to be admitted is no more than what is; what may be granted no less.
          long sum = admitted.addAndGet(7_000_000);
          assertThat(sum).isLessThanOrEqualTo(LIMIT + mostGranted.get());
          call.reservation().settle(Usage.ofTokens(0, 700));
          last = false;
        }
      }
      return null;
    }));
    tasks.add(() -> {
      for (int i = 0; i < grants; i++) {
        mostGranted.addAndGet(100_000_000);
        guard.purser.grants().grant(TEN_CENTS);
      }
      done.set(true);
      return null;
    });
    run(tasks);

    long limit = LIMIT + grants * 100_000_000L;
    assertThat(guard.balance("all", "").limit()).isEqualTo(limit);
    assertThat(guard.balance("all", "").settled()).isEqualTo(admitted.get());
    // All that was granted could be spent.
    assertThat(limit - admitted.get()).isBetween(0L, 6_999_999L);
  }

  @Test
  void onceAGrantHasEndedNobodyIsAdmittedAgainstIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      Guard each = Guard.on(ALL);
      GrantInForce ends = each.purser.grants().grant(TEN_CENTS);
      GrantInForce timed = each.purser
          .grants()
          .grant(TEN_CENTS.until(each.clock.instant().plus(Duration.ofHours(1))));
      each.spend(100_000, Attribution.key("k"));
      CyclicBarrier together = new CyclicBarrier(THREADS + 1);
      AtomicBoolean ended = new AtomicBoolean();
      List<Callable<Void>> tasks = new ArrayList<>(Collections.nCopies(THREADS, () -> {
        together.await();
        boolean before = true;
        while (before) {
          // Seen before the call is tried: what is admitted then is admitted against the limit
          // alone.
          before = !ended.get();
          Admission admission = each.admit(call(1));
          assertThat(!before && admission instanceof Admission.Admitted).isFalse();
        }
        return null;
      }));
      tasks.add(() -> {
        together.await();
        each.clock.forward(Duration.ofHours(2));
        each.purser.grants().end(ends.id(), "mo", "enough");
        ended.set(true);
        return null;
      });
      run(tasks);
      assertThat(each.purser.grants().end(timed.id(), "mo", "again")).isFalse();
      each.close();
    }
  }

  @Test
  void whoeverRacesToWriteOffToSettleAndToReleaseOneOfThemSettlesAndNothingIsLostOrDoubled()
      throws Exception {
    Budget key = Budget.daily("key", Usd.of("100")).per(Dimension.KEY);
    Guard each = Guard.on(key);
    int rounds = 400;
    AtomicLong charged = new AtomicLong();
    AtomicLong writtenOff = new AtomicLong();
    List<Reservation> calls = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Reservation call = each.hold(call(1_000, Attribution.key("k").team("t")));
      call.abandon(AbandonReason.STREAM_CUT);
      calls.add(call);
    }
    CyclicBarrier together = new CyclicBarrier(4);
    Callable<Void> writesOff = () -> {
      for (Reservation call : calls) {
        together.await();
        if (each.purser.grants().writeOff(call.id(), "mo", "why")) {
          writtenOff.incrementAndGet();
        }
      }
      return null;
    };
    AtomicLong ended = new AtomicLong();
    run(List.of(
        writesOff,
        writesOff,
        () -> {
          for (Reservation call : calls) {
            together.await();
            if (call.settle(Usage.ofTokens(0, 600))) {
              charged.addAndGet(6_000_000);
              ended.incrementAndGet();
            }
          }
          return null;
        },
        () -> {
          for (Reservation call : calls) {
            together.await();
            if (call.release()) {
              ended.incrementAndGet();
            }
          }
          return null;
        }));

    assertThat(ended).hasValue(rounds);
    assertThat(each.balance("key", "key=k").settled()).isEqualTo(charged.get());
    assertThat(each.balance("key", "key=k").held()).isZero();
    assertThat(each.purser.grants().abandoned()).isEmpty();
    // What is known to have been charged is right as well.
    each.purser.revise(List.of(key.per(Dimension.TEAM)));
    assertThat(each.balance("key", "team=t").settled()).isEqualTo(charged.get());
    each.close();
    assertThat(each.controls).hasSize((int) writtenOff.get());
    assertThat(each.purser.counters().getOrDefault("calls.written_off", 0L))
        .isEqualTo(writtenOff.get());
  }
}
