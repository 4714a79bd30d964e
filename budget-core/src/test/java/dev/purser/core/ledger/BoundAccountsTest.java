package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Refusal;
import dev.purser.spi.Account;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a ledger remembers for the calls of an attribution must be as if it were looked up for each. */
class BoundAccountsTest extends LedgerContract {

  private final InMemoryLedger memory = new InMemoryLedger();
  private final Account day = memory.open(daily("d", 10), "", NOON);
  private final List<Account> bound = memory.bind(List.of(day));

  @Override
  protected Ledger ledger() {
    return new BoundAccounts(new InMemoryLedger());
  }

  private Reserved reserve(Instant at, long nanos) {
    return memory.reserve(Demands.of(demand(at, nanos(nanos)), bound));
  }

  @Test
  void aNewWindowIsTaken() {
    held(reserve(NOON, 10));
    held(reserve(NOON.plus(Duration.ofDays(1)), 10));
    assertThat(refused(reserve(NOON.plus(Duration.ofDays(1)), 1)).reason())
        .isEqualTo(Refusal.Reason.HELD);
  }

  /** Yesterday has seven left, which must not be spent beside today's ten. */
  @Test
  void aClockThatIsSetBackStaysInTheWindowThatAnotherAttributionHasBegun() {
    held(reserve(NOON, 3));
    List<Account> other = memory.bind(List.of(day));
    held(memory.reserve(Demands.of(demand(NOON.plus(Duration.ofDays(1)), nanos(10)), other)));

    assertThat(refused(reserve(NOON, 1)).account()).isEqualTo(day);
  }

  @Test
  void aSweptAccountIsFoundAgain() {
    held(reserve(NOON, 10)).release();
    assertThat(memory.sweep(NOON)).isOne();
    held(reserve(NOON, 10));
    assertThat(memory.balance(day, NOON).held()).isEqualTo(10);
  }

  @Test
  void whatABudgetDoesMayChange() {
    memory.revise(List.of(daily("d", 10)));
    Account account = memory.open(daily("d", 10), "", NOON);
    List<Account> accounts = memory.bind(List.of(account));
    held(memory.reserve(Demands.of(demand(NOON, nanos(10)), accounts)));
    memory.revise(List.of(daily("d", 10).observe()));
    Reserved.Held watched =
        (Reserved.Held) memory.reserve(Demands.of(demand(NOON, nanos(1)), accounts));
    assertThat(watched.observed()).hasSize(1);
    memory.revise(List.of(daily("d", 12)));
    assertThat(refused(memory.reserve(Demands.of(demand(NOON, nanos(2)), accounts)))
            .account())
        .isEqualTo(account);
  }

  @Test
  void whatIsBoundTwiceIsTakenOnce() {
    Account ten = memory.open(total("t", 10), "", NOON);
    List<Account> twice = memory.bind(List.of(ten, day, ten));
    assertThat(twice).hasSize(3);
    held(memory.reserve(Demands.of(demand(NOON, nanos(6)), twice)));
    assertThat(memory.balance(ten, NOON).held()).isEqualTo(6);
  }
}
