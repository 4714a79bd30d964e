package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.reserve;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTest {

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", 100), "");

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 100, 1000})
  void settlingChargesTheBillWhateverWasReserved(long bill) {
    Ticket ticket = hold(ledger, 40, account);

    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.ENDED);

    assertThat(balance()).isEqualTo(new Balance(100, bill, 0, Instant.MAX));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 100, 1000})
  void settlingAnAbandonedTicketCorrectsItsCharge(long bill) {
    Ticket ticket = hold(ledger, 40, account);
    assertThat(ticket.abandon()).isTrue();
    assertThat(balance()).isEqualTo(new Balance(100, 40, 0, Instant.MAX));

    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.CORRECTED);

    assertThat(balance()).isEqualTo(new Balance(100, bill, 0, Instant.MAX));
  }

  @Test
  void releasingGivesEverythingBack() {
    Ticket ticket = hold(ledger, 40, account);

    assertThat(ticket.release()).isEqualTo(Ending.ENDED);

    assertThat(balance()).isEqualTo(new Balance(100, 0, 0, Instant.MAX));
    hold(ledger, 100, account);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 50})
  void nothingHappensAfterTheEnding(long bill) {
    Ticket ticket = hold(ledger, 40, account);
    ticket.settle(nanos(bill));

    assertThat(ticket.settle(nanos(99))).isEqualTo(Ending.NONE);
    assertThat(ticket.release()).isEqualTo(Ending.NONE);
    assertThat(ticket.abandon()).isFalse();

    assertThat(balance()).isEqualTo(new Balance(100, bill, 0, Instant.MAX));
  }

  @Test
  void aCorrectionIsTheEnding() {
    Ticket ticket = hold(ledger, 40, account);
    ticket.abandon();
    assertThat(ticket.abandon()).isFalse();
    ticket.settle(nanos(10));

    assertThat(ticket.settle(nanos(20))).isEqualTo(Ending.NONE);
    assertThat(ticket.abandon()).isFalse();

    assertThat(balance().settled()).isEqualTo(10);
  }

  @Test
  void onlyAnAbandonedTicketIsWrittenOffAndOnce() {
    Ticket ticket = hold(ledger, 40, account);
    assertThat(ticket.writeOff()).isFalse();
    ticket.abandon();

    assertThat(ticket.writeOff()).isTrue();
    assertThat(ticket.writeOff()).isFalse();
    assertThat(ticket.abandon()).isFalse();

    assertThat(balance()).isEqualTo(new Balance(100, 0, 0, Instant.MAX));
    ticket.release();
    assertThat(ticket.writeOff()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 100, 1000})
  void settlingAWrittenOffTicketChargesTheBill(long bill) {
    Ticket ticket = hold(ledger, 40, account);
    ticket.abandon();
    ticket.writeOff();

    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.RECHARGED);
    assertThat(ticket.settle(nanos(99))).isEqualTo(Ending.NONE);

    assertThat(balance()).isEqualTo(new Balance(100, bill, 0, Instant.MAX));
  }

  @Test
  void abandoningTurnsHeldIntoExhausted() {
    Ticket ticket = hold(ledger, 40, account);
    assertThat(refused(reserve(ledger, 61, account)).reason()).isEqualTo(Reason.HELD);

    ticket.abandon();

    assertThat(refused(reserve(ledger, 61, account)).reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void aBillAboveItsReservationPushesTheBudgetOverItsLimitByTheExcessOnly() {
    Ticket first = hold(ledger, 40, account);
    hold(ledger, 60, account);

    first.settle(nanos(45));

    assertThat(balance()).isEqualTo(new Balance(100, 45, 60, Instant.MAX));
    assertThat(balance().remaining()).isEqualTo(-5);
    assertThat(refused(reserve(ledger, 1, account)).reason()).isEqualTo(Reason.HELD);
  }

  @Test
  void aCorrectionDownwardsReopensTheBudget() {
    Ticket ticket = hold(ledger, 100, account);
    ticket.abandon();

    ticket.settle(new Amounts(30, 999, 0, 999));

    hold(ledger, 70, account);
    assertThat(refused(reserve(ledger, 1, account)).reason()).isEqualTo(Reason.HELD);
  }

  @Test
  void correctionsOfAnySizeDoNotOverflow() {
    Account most = open(ledger, total("most", Long.MAX_VALUE), "");
    Ticket ticket = hold(ledger, Long.MAX_VALUE - 5, most);
    Ticket other = hold(ledger, 5, most);
    ticket.abandon();
    other.abandon();
    assertThat(ledger.balance(most, NOON).settled()).isEqualTo(Long.MAX_VALUE);

    other.settle(nanos(Long.MAX_VALUE));
    assertThat(ledger.balance(most, NOON))
        .isEqualTo(new Balance(Long.MAX_VALUE, Long.MAX_VALUE, 0, Instant.MAX));
    ticket.release();

    assertThat(ledger.balance(most, NOON).settled()).isEqualTo(5);
  }

  private Balance balance() {
    return ledger.balance(account, NOON);
  }
}
