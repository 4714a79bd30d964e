package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hold that asks no limit takes from all counters or, where one was swept since, from none. */
class HoldForceTest {

  /** Of which kind the account is that was swept. */
  @SuppressWarnings("ImmutableEnumChecker") // budgets are immutable, and not annotated
  private enum Swept {
    WINDOW(total("swept", 10)),
    ROLLING(Budget.of("swept", Measure.USD, 10, Window.rolling(Duration.ofHours(1)))),
    WATCHED(total("swept", 10).observe()),
    WATCHED_ROLLING(
        Budget.of("swept", Measure.USD, 10, Window.rolling(Duration.ofHours(1))).observe());

    private final Budget budget;

    Swept(Budget budget) {
      this.budget = budget;
    }
  }

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account first = open(ledger, total("first", 10), "");
  private final Account watched = open(ledger, total("watched", 10).observe(), "");

  private static Counter counter(Account account) {
    return ((LedgerAccount) account).counterAt(NOON);
  }

  private Hold hold5(Account... accounts) {
    return Hold.of(
        List.of(accounts).stream().map(HoldForceTest::counter).toArray(Counter[]::new), nanos(5));
  }

  private void holds(Account account, long held) {
    assertThat(ledger.balance(account, NOON)).isEqualTo(new Balance(10, 0, held, Instant.MAX));
  }

  @Test
  void itTakesFromAllWhateverTheirLimits() {
    hold(ledger, 8, first, watched);

    assertThat(hold5(first, watched).force()).isTrue();

    holds(first, 13);
    holds(watched, 13);
  }

  @ParameterizedTest
  @EnumSource
  void whereOneWasSweptItTakesFromNone(Swept swept) {
    Account gone = open(ledger, swept.budget, "");
    hold(ledger, 8, first, watched);
    Hold force = hold5(gone, first, watched);
    assertThat(ledger.sweep(NOON)).isEqualTo(1);

    assertThat(force.force()).isFalse();

    holds(first, 8);
    holds(watched, 8);
  }

  @ParameterizedTest
  @EnumSource
  void aChargeFindsTheAccountThatTookThePlaceOfTheSweptOne(Swept swept) {
    Account gone = open(ledger, swept.budget, "");
    hold(ledger, 8, first);
    assertThat(ledger.sweep(NOON)).isPositive();

    ledger.charged(Demands.demand(NOON, nanos(5), gone, first));

    assertThat(ledger.balance(gone, NOON).settled()).isEqualTo(5);
    assertThat(ledger.balance(first, NOON)).isEqualTo(new Balance(10, 5, 8, Instant.MAX));
  }

  @Test
  void chargesAndSweepsThatRaceLoseNothing() throws Exception {
    try (Race race = new Race(2)) {
      for (int i = 0; i < 2_000; i++) {
        Account account = open(ledger, total("raced", 10), "race=" + i);

        List<Object> results = race.run(List.of(
            () -> ledger.charged(Demands.demand(NOON, nanos(5), first, account)),
            () -> ledger.sweep(NOON)));

        assertThat(results).doesNotContainNull();
        assertThat(ledger.balance(account, NOON)).isEqualTo(new Balance(10, 5, 0, Instant.MAX));
        assertThat(ledger.balance(first, NOON).settled()).isEqualTo(5L * (i + 1));
      }
    }
  }
}
