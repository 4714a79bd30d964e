package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.spi.Balance;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * Random schedules on many threads while budgets are put in and out of force and charges are written
 * off: no limit is overspent at any instant, and in the end every account has exactly what its calls were charged.
 */
class RandomSchedulesOnManyThreadsTest {

  private static final int THREADS = 4;
  private static final int STEPS = 150;
  private static final String[] KEYS = {"a", "b", "c"};

  private static final Budget KEY = Budget.daily("key", Usd.of("0.60")).per(Dimension.KEY);
  private static final Budget TEAM = Budget.daily("team", Usd.of("1.00")).per(Dimension.TEAM);
  private static final Budget ROLLING = Budget.rolling("hour", Usd.of("1.20"), Duration.ofHours(1));
  private static final Budget REQUESTS = Budget.of("requests", Measure.REQUESTS, 400, Window.DAY);
  private static final Budget SLOTS = Budget.concurrent("slots", 6);

  private static final List<List<Budget>> IN_FORCE = List.of(
      List.of(KEY, TEAM, ROLLING, SLOTS),
      List.of(KEY, REQUESTS, TEAM.named("group"), SLOTS),
      List.of(KEY, TEAM.per(Dimension.USER), ROLLING.observe(), SLOTS.named("open")));

  @Property(tries = 500)
  @Tag("long")
  void nothingIsOverspentLostOrCountedTwiceForALongTime(@ForAll long seed) throws Exception {
    nothingIsOverspentLostOrCountedTwice(seed);
  }

  @Property(tries = 25)
  void nothingIsOverspentLostOrCountedTwice(@ForAll long seed) throws Exception {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(Duration.ofMillis(seed % 2 == 0 ? 0 : 2)),
        IN_FORCE.get(0).toArray(Budget[]::new)));
    boolean recharged = seed % 3 == 0;
    CyclicBarrier together = new CyclicBarrier(THREADS + 1);
    List<Callable<Map<String, Long>>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      RandomGenerator random = new SplittableRandom(seed + i);
      tasks.add(() -> {
        together.await();
        return calls(guard, random, recharged);
      });
    }
    tasks.add(() -> {
      together.await();
      for (int i = 1; i <= 30; i++) {
        guard.purser.revise(IN_FORCE.get(i % IN_FORCE.size()));
      }
      guard.purser.revise(IN_FORCE.get(0));
      return Map.of();
    });
    Map<String, Long> charged = new HashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
    try {
      for (Future<Map<String, Long>> done : pool.invokeAll(tasks)) {
        done.get().forEach((key, nanos) -> charged.merge(key, nanos, Long::sum));
      }
    } finally {
      pool.shutdownNow();
      guard.close();
    }
    check(guard, charged, recharged);
  }

  /**
   * Makes calls; returns what each key was charged.
   *
   * @param recharged whether calls that were written off settle all the same, long after; then their
   *     money may be spent once more meanwhile
   */
  private static Map<String, Long> calls(Guard guard, RandomGenerator random, boolean recharged) {
    Map<String, Long> charged = new HashMap<>();
    Deque<Open> writtenOff = new ArrayDeque<>();
    Deque<Open> open = new ArrayDeque<>();
    for (int i = 0; i < STEPS; i++) {
      String key = KEYS[random.nextInt(KEYS.length)];
      Attribution who = Attribution.key(key).team("t").user("u");
      long cap = random.nextLong(4_000);
      Admission admission = guard.admit(Guard.call(cap, who));
      if (admission instanceof Admission.Admitted admitted) {
        open.add(new Open(key, cap, admitted.reservation()));
      } else {
        Refusal refusal = ((Admission.Refused) admission).refusal();
        if (!recharged) {
          assertThat(refusal.settled()).isLessThanOrEqualTo(refusal.limit());
        }
      }
      if (open.size() > 1 || random.nextBoolean()) {
        end(guard, open.poll(), random, charged, writtenOff);
      }
    }
    open.forEach(call -> end(guard, call, random, charged, writtenOff));
    for (Open call : writtenOff) {
      long bill = recharged ? random.nextLong(call.cap() + 1) : 0;
      assertThat(call.reservation().settle(Usage.ofTokens(0, bill))).isTrue();
      charged.merge(call.key(), bill * 10_000, Long::sum);
    }
    return charged;
  }

  private record Open(String key, long cap, Reservation reservation) {}

  private static void end(
      Guard guard,
      Open call,
      RandomGenerator random,
      Map<String, Long> charged,
      Deque<Open> writtenOff) {
    if (call == null) {
      return;
    }
    long bill = random.nextLong(call.cap() + 1);
    boolean ended = true;
    switch (random.nextInt(4)) {
      case 0 -> {
        assertThat(call.reservation().release()).isTrue();
        bill = 0;
      }
      case 1 -> {
        assertThat(call.reservation().abandon(AbandonReason.STREAM_CUT)).isTrue();
        if (random.nextBoolean()) {
          String id = call.reservation().id();
          assertThat(guard.purser.grants().writeOff(id, "mo", "why")).isTrue();
          writtenOff.add(call);
          return;
        }
        if (random.nextBoolean()) {
          assertThat(call.reservation().settle(Usage.ofTokens(0, bill))).isTrue();
        } else {
          bill = call.cap();
          ended = false;
        }
      }
      default -> assertThat(call.reservation().settle(Usage.ofTokens(0, bill))).isTrue();
    }
    if (ended) {
      assertThat(call.reservation().settle(Usage.ofTokens(0, 7))).isFalse();
    }
    charged.merge(call.key(), bill * 10_000, Long::sum);
  }

  private static void check(Guard guard, Map<String, Long> charged, boolean recharged) {
    long all = 0;
    for (String key : KEYS) {
      long nanos = charged.getOrDefault(key, 0L);
      all += nanos;
      exactly(guard.balance("key", "key=" + key), nanos);
      if (!recharged) {
        assertThat(nanos).isLessThanOrEqualTo(KEY.limit());
      }
    }
    exactly(guard.balance("team", "team=t"), all);
    // A charge from before it was put in force is not lowered in a window that rolls.
    Balance rolling = guard.balance("hour", "");
    assertThat(rolling.settled()).isGreaterThanOrEqualTo(all);
    assertThat(rolling.held()).isZero();
    exactly(guard.balance("slots", ""), 0);
    assertThat(all).isPositive();
  }

  private static void exactly(Balance balance, long settled) {
    assertThat(balance.settled()).isEqualTo(settled);
    assertThat(balance.held()).isZero();
  }
}
