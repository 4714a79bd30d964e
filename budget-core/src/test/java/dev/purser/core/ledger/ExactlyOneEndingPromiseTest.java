package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise 2 and trap 14: a reservation ends once, and at the latest with its lease. */
class ExactlyOneEndingPromiseTest {

  private static final int RACES = 20_000;
  private static final int THREADS = 4;
  private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

  private final InMemoryLedger ledger = new InMemoryLedger();

  @Test
  void anErrorPathThatNeverFinishesDoesNotBlockTheKeyPastItsLease() {
    Account key = open(ledger, daily("key", 100), "key=alice");
    AtomicInteger reported = new AtomicInteger();
    held(ledger.reserve(demand(NOON, LEASE_END, nanos(60), reported::incrementAndGet, key)));

    // Blocked by a hold at $0 spent, but not for longer than the lease: then it is plainly spent.
    assertThat(refused(ledger.reserve(demand(NOON, nanos(41), key))).reason())
        .isEqualTo(Reason.HELD);
    assertThat(refused(ledger.reserve(demand(LEASE_END, nanos(41), key))).reason())
        .isEqualTo(Reason.EXHAUSTED);

    assertThat(reported).hasValue(1);
    assertThat(ledger.balance(key, LEASE_END).settled()).isEqualTo(60);
    assertThat(ledger.balance(key, LEASE_END).held()).isZero();
    held(ledger.reserve(demand(LEASE_END, nanos(40), key))).release();
    // It stays charged in its window and does not reach into the next.
    assertThat(ledger.balance(key, LEASE_END).settled()).isEqualTo(60);
    held(ledger.reserve(demand(TOMORROW, nanos(100), key)));
  }

  @Test
  void nothingStaysHeldPastItsLeaseHoweverManyForget() {
    Account account = open(ledger, total("budget", 1_000), "");
    for (int i = 0; i < 1_000; i++) {
      hold(ledger, 1, account);
    }

    assertThat(ledger.reap(LEASE_END)).isEqualTo(1_000);

    assertThat(ledger.balance(account, LEASE_END))
        .isEqualTo(new Balance(1_000, 1_000, 0, Instant.MAX));
  }

  @Test
  void aSettlementThatIsAppliedTwiceIsChargedOnce() {
    Account account = open(ledger, total("budget", 100), "");
    Ticket ticket = hold(ledger, 60, account);

    assertThat(ticket.settle(nanos(25))).isEqualTo(Ending.ENDED);
    assertThat(ticket.settle(nanos(25))).isEqualTo(Ending.NONE);

    assertThat(ledger.balance(account, NOON)).isEqualTo(new Balance(100, 25, 0, Instant.MAX));
  }

  @Test
  void ofManyThatEndOneReservationOnlyOneIsCounted() throws Exception {
    List<Account> accounts = accounts();
    List<Ticket> tickets = holdOnEach(accounts);

    // Thread t bills 10 × t.
    List<List<Object>> results =
        race(thread -> ticket -> ticket.settle(nanos(10L * thread)), tickets);

    for (int i = 0; i < RACES; i++) {
      List<Object> endings = at(results, i);
      assertThat(Collections.frequency(endings, Ending.ENDED)).isEqualTo(1);
      assertThat(Collections.frequency(endings, Ending.NONE)).isEqualTo(THREADS - 1);
      long bill = 10L * endings.indexOf(Ending.ENDED);
      assertThat(ledger.balance(accounts.get(i), NOON))
          .isEqualTo(new Balance(100, bill, 0, Instant.MAX));
    }
  }

  @Test
  void abandonedByManyItIsChargedOnceAndCorrectedOnce() throws Exception {
    List<Account> accounts = accounts();
    List<Ticket> tickets = holdOnEach(accounts);

    // Two abandon, two settle.
    List<List<Object>> results = race(
        thread -> thread < 2 ? Ticket::abandon : ticket -> ticket.settle(nanos(10L * thread)),
        tickets);

    for (int i = 0; i < RACES; i++) {
      List<Object> abandoned = at(results, i).subList(0, 2);
      List<Object> endings = at(results, i).subList(2, THREADS);
      Ending expected = abandoned.contains(true) ? Ending.CORRECTED : Ending.ENDED;
      assertThat(abandoned).isNotEqualTo(List.of(true, true));
      assertThat(endings).containsExactlyInAnyOrder(expected, Ending.NONE);
      long bill = 10L * (2 + endings.indexOf(expected));
      assertThat(ledger.balance(accounts.get(i), NOON))
          .isEqualTo(new Balance(100, bill, 0, Instant.MAX));
    }
  }

  private List<Account> accounts() {
    return IntStream.range(0, RACES)
        .mapToObj(i -> open(ledger, total("budget", 100), "race=" + i))
        .toList();
  }

  private List<Ticket> holdOnEach(List<Account> accounts) {
    return accounts.stream().map(account -> hold(ledger, 60, account)).toList();
  }

  /** Every thread ends every ticket, in the same order; returns what each thread saw. */
  private static List<List<Object>> race(
      IntFunction<Function<Ticket, Object>> ending, List<Ticket> tickets) throws Exception {
    List<Callable<List<Object>>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Function<Ticket, Object> mine = ending.apply(thread);
      tasks.add(() -> tickets.stream().map(mine).toList());
    }
    try (Race race = new Race(THREADS)) {
      return race.run(tasks);
    }
  }

  private static List<Object> at(List<List<Object>> results, int index) {
    return results.stream().map(mine -> mine.get(index)).toList();
  }
}
