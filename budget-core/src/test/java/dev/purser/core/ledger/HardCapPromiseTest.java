package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.nanos;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 1 and trap 1: calls that start at the same moment never pass a cap together. */
class HardCapPromiseTest {

  private static final int ROUNDS = 50;

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 32, 100})
  void threadsThatStartAtTheSameMomentNeverPassTheCap(int threads) throws Exception {
    // The measured case: a cap of 100,000 tokens, 18,000 a call; others ended at 1,800 % of it.
    Budget budget = Budget.of("tokens", Measure.TOKENS, 100_000, Window.TOTAL);
    try (Race race = new Race(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        InMemoryLedger ledger = new InMemoryLedger();
        Account account = ledger.open(budget, "");

        List<Reserved> results = race.run(Collections.nCopies(
            threads, () -> ledger.reserve(demand(NOON, new Amounts(0, 18_000, 0), account))));

        List<Ticket> tickets = tickets(results);
        assertThat(tickets).hasSize(Math.min(threads, 5));
        assertThat(ledger.balance(account, NOON).held()).isEqualTo(18_000L * tickets.size());
        tickets.forEach(ticket -> ticket.settle(new Amounts(0, 18_000, 0)));
        assertThat(ledger.balance(account, NOON))
            .isEqualTo(new Balance(100_000, 18_000L * tickets.size(), 0, Instant.MAX));
      }
    }
  }

  @Test
  void threadsThatOpenANewSessionAtTheSameMomentShareItsCap() throws Exception {
    int threads = 32;
    try (Race race = new Race(threads)) {
      InMemoryLedger ledger = new InMemoryLedger();
      for (int round = 0; round < ROUNDS; round++) {
        String session = "session=" + round;

        List<Reserved> results = race.run(Collections.nCopies(threads, () -> {
          Account account = ledger.open(total("session", 10), session);
          return ledger.reserve(demand(NOON, nanos(3), account));
        }));

        assertThat(tickets(results)).hasSize(3);
      }
    }
  }

  @Test
  void threadsThatMeetANewDayAtTheSameMomentShareItsCap() throws Exception {
    int threads = 32;
    try (Race race = new Race(threads)) {
      InMemoryLedger ledger = new InMemoryLedger();
      Account account = ledger.open(daily("day", 10), "");
      for (int round = 0; round < ROUNDS; round++) {
        Instant today = NOON.plus(Duration.ofDays(round));

        List<Reserved> results = race.run(
            Collections.nCopies(threads, () -> ledger.reserve(demand(today, nanos(1), account))));

        assertThat(tickets(results)).hasSize(10);
        assertThat(ledger.balance(account, today).held()).isEqualTo(10);
      }
    }
  }

  @Test
  void callsOnSeveralAccountsHoldAllOrNone() throws Exception {
    int threads = 32;
    try (Race race = new Race(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        InMemoryLedger ledger = new InMemoryLedger();
        Account shared = ledger.open(total("shared", 20), "");
        List<Account> own = new ArrayList<>();
        List<Callable<Reserved>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          Account account = ledger.open(total("own", 5), "key=" + thread);
          own.add(account);
          // Named in both orders, taken in one.
          tasks.add(
              thread % 2 == 0
                  ? () -> ledger.reserve(demand(NOON, nanos(3), account, shared))
                  : () -> ledger.reserve(demand(NOON, nanos(3), shared, account)));
        }

        List<Reserved> results = race.run(tasks);

        assertThat(tickets(results)).hasSize(6);
        assertThat(ledger.balance(shared, NOON).held()).isEqualTo(18);
        for (int thread = 0; thread < threads; thread++) {
          long held = results.get(thread) instanceof Reserved.Held ? 3 : 0;
          assertThat(ledger.balance(own.get(thread), NOON).held()).isEqualTo(held);
        }
      }
    }
  }

  private static List<Ticket> tickets(List<Reserved> results) {
    return results.stream()
        .filter(Reserved.Held.class::isInstance)
        .map(reserved -> ((Reserved.Held) reserved).ticket())
        .toList();
  }
}
