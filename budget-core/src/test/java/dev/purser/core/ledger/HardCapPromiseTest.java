package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 1 and trap 1: calls that start at the same moment never pass a cap together. A race that
 * lasts for one call would be over before its second thread runs, so each runs over many accounts.
 */
class HardCapPromiseTest {

  private static final int ACCOUNTS = 3_000;
  private static final int THREADS = 32;

  private final InMemoryLedger ledger = new InMemoryLedger();

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 32, 100})
  void threadsThatStartAtTheSameMomentNeverPassTheCap(int threads) throws Exception {
    // The measured case: a cap of 100,000 tokens, 18,000 a call; others ended at 1,800 % of it.
    Budget budget = Budget.of("tokens", Measure.TOKENS, 100_000, Window.TOTAL);
    Amounts amounts = new Amounts(0, 18_000, 0, 0);
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(open(ledger, budget, "key=" + i));
    }

    List<List<Ticket>> tickets =
        race(threads, i -> ledger.reserve(demand(NOON, amounts, accounts.get(i))));

    long spent = 18_000L * Math.min(threads, 5);
    for (int i = 0; i < ACCOUNTS; i++) {
      assertThat(tickets.get(i)).hasSize(Math.min(threads, 5));
      assertThat(ledger.balance(accounts.get(i), NOON))
          .isEqualTo(new Balance(100_000, 0, spent, Instant.MAX));
      tickets.get(i).forEach(ticket -> ticket.settle(amounts));
      assertThat(ledger.balance(accounts.get(i), NOON))
          .isEqualTo(new Balance(100_000, spent, 0, Instant.MAX));
    }
  }

  @Test
  void threadsThatOpenANewSessionAtTheSameMomentShareItsCap() throws Exception {
    List<List<Ticket>> tickets = race(THREADS, i -> {
      Account account = open(ledger, total("session", 10), "session=" + i);
      return ledger.reserve(demand(NOON, nanos(3), account));
    });

    assertThat(tickets).allSatisfy(admitted -> assertThat(admitted).hasSize(3));
  }

  @Test
  void threadsThatMeetANewDayAtTheSameMomentShareItsCap() throws Exception {
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(open(ledger, daily("day", 10), "key=" + i));
    }
    for (int day = 0; day < 3; day++) {
      Instant today = NOON.plus(Duration.ofDays(day));

      List<List<Ticket>> tickets =
          race(THREADS, i -> ledger.reserve(demand(today, nanos(1), accounts.get(i))));

      assertThat(tickets).allSatisfy(admitted -> assertThat(admitted).hasSize(10));
      assertThat(accounts)
          .allSatisfy(
              account -> assertThat(ledger.balance(account, today).held()).isEqualTo(10));
    }
  }

  @Test
  void callsOnSeveralAccountsHoldAllOrNone() throws Exception {
    List<Account> shared = new ArrayList<>();
    List<Account> narrow = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      narrow.add(open(ledger, total("narrow", 10), "key=" + i));
      shared.add(open(ledger, total("shared", 20), "team=" + i));
    }

    // Named in both orders, taken in one.
    List<List<Ticket>> tickets = race(THREADS, i -> {
      Account first = i % 2 == 0 ? narrow.get(i) : shared.get(i);
      Account second = i % 2 == 0 ? shared.get(i) : narrow.get(i);
      return ledger.reserve(demand(NOON, nanos(3), first, second));
    });

    for (int i = 0; i < ACCOUNTS; i++) {
      assertThat(tickets.get(i)).hasSize(3);
      assertThat(ledger.balance(narrow.get(i), NOON).held()).isEqualTo(9);
      assertThat(ledger.balance(shared.get(i), NOON).held()).isEqualTo(9);
    }
  }

  /** Every thread calls {@code reserve} for 0, 1, 2, …; returns the tickets of each number. */
  private static List<List<Ticket>> race(int threads, IntFunction<Reserved> reserve)
      throws Exception {
    Callable<List<Reserved>> task = () -> {
      List<Reserved> mine = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        mine.add(reserve.apply(i));
      }
      return mine;
    };
    List<List<Ticket>> tickets = new ArrayList<>();
    try (Race race = new Race(threads)) {
      List<List<Reserved>> results = race.run(Collections.nCopies(threads, task));
      for (int i = 0; i < ACCOUNTS; i++) {
        tickets.add(admitted(results, i));
      }
    }
    return tickets;
  }

  private static List<Ticket> admitted(List<List<Reserved>> results, int index) {
    return results.stream()
        .map(mine -> mine.get(index))
        .filter(Reserved.Held.class::isInstance)
        .map(reserved -> ((Reserved.Held) reserved).ticket())
        .toList();
  }
}
