package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A key that is rotated while it is in use: nobody notices but who keeps the old secret too long. */
class KeyRotatedUnderLoadTest extends WithVirtualKey {

  private static final int CALLERS = 8;
  private static final int ROTATIONS = 20;

  /** Far below the lease of a call, which the clock must not jump over. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicIntegerArray calls = new AtomicIntegerArray(CALLERS);
  private final AtomicReference<List<String>> secrets = new AtomicReference<>(List.of());
  private volatile boolean over;

  @Test
  void noCallFailsWhileTheKeyIsRotatedTwentyTimes() throws Exception {
    AtomicInteger served = answerAll();
    secrets.set(List.of(key));
    List<String> issued = new ArrayList<>(List.of(key));
    ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
    List<Future<?>> callers = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(CALLERS + 1);
    try {
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(pool.submit(() -> keepCalling(caller, start)));
      }
      start.await(10, TimeUnit.SECONDS);
      for (int i = 0; i < ROTATIONS; i++) {
        String before = issued.get(issued.size() - 1);
        String next = purser
            .keys()
            .rotate("alice", OVERLAP, "dana@acme.dev", "routine")
            .secret()
            .reveal();
        issued.add(next);
        secrets.set(List.of(before, next)); // some have changed over, some have not
        everybodyCallsAgain(callers);
        now = now.plus(OVERLAP.minusSeconds(1));
        everybodyCallsAgain(callers);
        secrets.set(List.of(next));
        everybodyCallsAgain(callers); // so that none still holds the old one
        now = now.plusSeconds(1);
      }
      over = true;
      for (Future<?> caller : callers) {
        caller.get(30, TimeUnit.SECONDS);
      }
    } finally {
      over = true;
      pool.shutdownNow();
    }

    assertThat(seen).containsExactly("Bearer " + REAL);
    for (String old : issued.subList(0, issued.size() - 1)) {
      Answer late = call(http, with(old));
      assertThat(late.code()).isEqualTo(401);
      assertThat(late.denial().reason()).isEqualTo(Denial.Reason.EXPIRED_KEY);
    }
    assertOneAccount(served.get());
  }

  private AtomicInteger answerAll() {
    AtomicInteger served = new AtomicInteger();
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        served.incrementAndGet();
        seen.add(String.valueOf(request.getHeader("Authorization")));
        return json(ANSWER);
      }
    });
    return served;
  }

  private Request with(String secret) {
    return ask(ASK).newBuilder().header("Authorization", "Bearer " + secret).build();
  }

  private Void keepCalling(int caller, CyclicBarrier start) throws Exception {
    start.await(10, TimeUnit.SECONDS);
    while (!over) {
      List<String> valid = secrets.get();
      Answer answer = call(http, with(valid.get(caller % valid.size())));
      assertThat(answer.code()).as(answer.body()).isEqualTo(200);
      calls.incrementAndGet(caller);
    }
    return null;
  }

  /** Until each caller has begun and ended a call. */
  private void everybodyCallsAgain(List<Future<?>> callers) {
    int[] before = new int[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      before[i] = calls.get(i);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> {
          for (int i = 0; i < CALLERS; i++) {
            if (calls.get(i) < before[i] + 2 && !callers.get(i).isDone()) {
              return false;
            }
          }
          return true;
        });
  }

  /** All of it is alice's: 12 tokens at $2.50 and 7 at $10 a million, for each call served. */
  private void assertOneAccount(int served) {
    purser.close();
    List<SpendRecord> settled =
        records.stream().filter(record -> record.outcome() == Outcome.SETTLED).toList();
    assertThat(settled).hasSize(served).hasSizeGreaterThan(CALLERS * ROTATIONS);
    assertThat(settled).allSatisfy(record -> {
      assertThat(record.attribution().key()).isEqualTo("alice");
      assertThat(record.costNanoUsd()).isEqualTo(100_000);
    });
  }

  @Override
  PurserBuilder options() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1000")).per(Dimension.KEY))
        .clock(() -> now)
        .queueCapacity(1 << 20)
        .sink(records::add);
  }
}
