package dev.purser.core.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Window;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines of waiting calls, over a ledger of slots. */
class WaitTest {

  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final WaitingRoom room = new WaitingRoom();
  private final Account slots =
      ledger.open(Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL), "", NOON);
  private final AtomicInteger tries = new AtomicInteger();
  private final ExecutorService pool = Executors.newCachedThreadPool();

  WaitTest() {
    ledger.onRoom(room::room);
  }

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(room.size()).isZero();
    assertThat(room.lengths()).isEmpty();
  }

  private Wait.Try<@Nullable Ticket> tryOnce() {
    tries.incrementAndGet();
    Reserved reserved = ledger.reserve(new Demand(
        "call",
        NOON,
        NOON.plusSeconds(60),
        "direct",
        Attribution.NONE,
        ModelId.of("openai", "gpt-4o"),
        new Amounts(0, 0, 0, 1),
        List.of(slots),
        () -> {}));
    return reserved instanceof Reserved.Held held
        ? new Wait.Try<>(held.ticket(), null, Instant.MAX)
        : new Wait.Try<>(null, ((Reserved.Refused) reserved).account(), Instant.MAX);
  }

  private @Nullable Ticket await(Duration atMost) {
    return new Wait<@Nullable Ticket>(
            room, CLOCK, System::nanoTime, atMost, this::tryOnce, account -> false)
        .await(room.waitedFor(List.of(slots)));
  }

  @Test
  void givingBackWakesTheHeadOnlyNotTheHerd() throws Exception {
    int waiters = 100;
    Ticket first = await(Duration.ZERO);
    List<Future<Boolean>> done = new ArrayList<>();
    for (int i = 0; i < waiters; i++) {
      done.add(pool.submit(() -> {
        Ticket ticket = await(Duration.ofMinutes(20));
        return ticket != null && ticket.release() == Ticket.Ending.ENDED;
      }));
    }
    Awaitility.await().until(() -> room.size() == waiters);
    int before = tries.get();

    first.release();
    for (Future<Boolean> waiter : done) {
      assertThat(waiter.get(1, TimeUnit.MINUTES)).isTrue();
    }

    // Each is woken by the one before that gives back, and at most once more as it leaves the line.
    assertThat(tries.get() - before).isBetween(waiters, 4 * waiters);
  }

  @Test
  void withManyThreadsNoWakeUpIsLost() throws Exception {
    int threads = 16;
    int rounds = 300;
    List<Future<Integer>> done = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      done.add(pool.submit(() -> {
        int admitted = 0;
        for (int round = 0; round < rounds; round++) {
          Ticket ticket = await(Duration.ofMinutes(20));
          if (ticket != null) {
            admitted++;
            ticket.release();
          }
        }
        return admitted;
      }));
    }

    for (Future<Integer> thread : done) {
      // A lost wake-up is a minute spent for nothing, and then a refusal.
      assertThat(thread.get(2, TimeUnit.MINUTES)).isEqualTo(rounds);
    }
  }

  @Test
  void theTimeIsMeasuredOnAClockThatDoesNotStep() {
    Ticket first = await(Duration.ZERO);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    Wait<@Nullable Ticket> wait = new Wait<>(
        room,
        CLOCK,
        () -> nanos.getAndAdd(500),
        Duration.ofNanos(2_000),
        this::tryOnce,
        account -> false);

    // Over the end of the range of a long, and over for all that.
    assertThat(wait.await(null)).isNull();
    first.release();
  }

  @Test
  void roomThatComesWithTimeIsFoundByTheHead() {
    AtomicInteger looks = new AtomicInteger();
    Wait<String> wait = new Wait<>(
        room,
        CLOCK,
        System::nanoTime,
        Duration.ofMinutes(20),
        () -> looks.incrementAndGet() < 3
            ? new Wait.Try<>("held", slots, NOON.plusMillis(5))
            : new Wait.Try<>("admitted", null, Instant.MAX),
        account -> false);

    assertThat(wait.await(null)).isEqualTo("admitted");
  }

  @Test
  void whoIsInterruptedBeforeDoesNotWait() {
    Ticket first = await(Duration.ZERO);
    Thread.currentThread().interrupt();

    assertThat(await(Duration.ofMinutes(20))).isNull();

    assertThat(Thread.interrupted()).isTrue();
    first.release();
  }
}
