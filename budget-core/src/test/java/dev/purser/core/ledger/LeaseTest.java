package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.NOON;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final int RACES = 5_000;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", 100), "");
  private final AtomicInteger leasesEnded = new AtomicInteger();

  @Test
  void aHoldBecomesAChargeAtTheEndOfItsLeaseAndNotBefore() {
    Ticket ticket = holdUntil(LEASE_END, 40);

    assertThat(ledger.reap(LEASE_END.minusNanos(1))).isZero();
    assertThat(balance()).isEqualTo(new Balance(100, 0, 40, Instant.MAX));
    assertThat(ledger.reap(LEASE_END)).isEqualTo(1);

    assertThat(balance()).isEqualTo(new Balance(100, 40, 0, Instant.MAX));
    assertThat(leasesEnded).hasValue(1);
    assertThat(ticket.abandon()).isFalse();
  }

  @Test
  void aLeaseEndsOnce() {
    holdUntil(LEASE_END, 40);

    ledger.reap(LEASE_END);
    assertThat(ledger.reap(LEASE_END)).isZero();
    assertThat(ledger.reap(Instant.MAX)).isZero();

    assertThat(leasesEnded).hasValue(1);
    assertThat(balance().settled()).isEqualTo(40);
  }

  @Test
  void aTicketThatEndedBeforeItsLeaseIsNotReaped() {
    holdUntil(LEASE_END, 40).settle(nanos(30));
    holdUntil(LEASE_END, 40).release();
    holdUntil(LEASE_END, 40).abandon();

    assertThat(ledger.reap(LEASE_END)).isZero();

    assertThat(leasesEnded).hasValue(0);
    assertThat(balance()).isEqualTo(new Balance(100, 70, 0, Instant.MAX));
  }

  @Test
  void aSettlementAfterTheLeaseCorrectsTheCharge() {
    Ticket cheaper = holdUntil(LEASE_END, 40);
    Ticket dearer = holdUntil(LEASE_END, 40);
    ledger.reap(LEASE_END);

    assertThat(cheaper.settle(nanos(5))).isEqualTo(Ending.CORRECTED);
    assertThat(dearer.settle(nanos(50))).isEqualTo(Ending.CORRECTED);

    assertThat(balance()).isEqualTo(new Balance(100, 55, 0, Instant.MAX));
    assertThat(cheaper.settle(nanos(9))).isEqualTo(Ending.NONE);
    assertThat(dearer.release()).isEqualTo(Ending.NONE);
    assertThat(balance().settled()).isEqualTo(55);
  }

  @Test
  void aRefusedCallEndsTheLeasesThatAreOver() {
    holdUntil(LEASE_END, 60);
    holdUntil(LEASE_END.plusSeconds(1), 40);

    assertThat(refusal(LEASE_END.minusNanos(1), 41)).isEqualTo(Reason.HELD);
    assertThat(leasesEnded).hasValue(0);
    assertThat(refusal(LEASE_END, 41)).isEqualTo(Reason.EXHAUSTED);
    assertThat(leasesEnded).hasValue(1);
    assertThat(refusal(LEASE_END, 40)).isEqualTo(Reason.HELD);
    assertThat(refusal(LEASE_END.plusSeconds(1), 1)).isEqualTo(Reason.EXHAUSTED);

    assertThat(leasesEnded).hasValue(2);
  }

  @Test
  void anAdmittedCallDoesNotLookForLeases() {
    holdUntil(LEASE_END, 40);

    held(ledger.reserve(demand(LEASE_END, nanos(60), account)));

    assertThat(leasesEnded).hasValue(0);
  }

  @Test
  void leasesOfAnyLengthInAnyOrderEndInTime() {
    Instant[] ends = {
      LEASE_END.plusSeconds(3), LEASE_END, Instant.MAX, LEASE_END.plusSeconds(1), Instant.MIN, NOON
    };
    for (Instant end : ends) {
      holdUntil(end, 1);
    }

    assertThat(ledger.reap(Instant.MIN)).isEqualTo(1);
    assertThat(ledger.reap(NOON)).isEqualTo(1);
    assertThat(ledger.reap(NOON.plusNanos(1))).isZero();
    assertThat(ledger.reap(LEASE_END.plusSeconds(2))).isEqualTo(2);
    holdUntil(NOON, 1);
    assertThat(ledger.reap(LEASE_END.plusSeconds(3))).isEqualTo(2);
    assertThat(ledger.reap(Instant.parse("2500-01-01T00:00:00Z"))).isZero();
    assertThat(ledger.reap(Instant.MAX)).isEqualTo(1);
  }

  @Test
  void aCallThatNoBudgetCoversHasALeaseToo() {
    ledger.reserve(demand(NOON, LEASE_END, nanos(1), leasesEnded::incrementAndGet));

    assertThat(ledger.reap(LEASE_END)).isEqualTo(1);

    assertThat(leasesEnded).hasValue(1);
  }

  @Test
  void aCallbackThatThrowsHarmsNeitherTheCallerNorOtherLeases() {
    for (int i = 0; i < 30; i++) {
      RuntimeException exception = new IllegalStateException("callback " + i);
      Error error = new AssertionError("callback " + i);
      ledger.reserve(demand(
          NOON,
          LEASE_END,
          nanos(1),
          () -> {
            leasesEnded.incrementAndGet();
            throw exception;
          },
          account));
      ledger.reserve(demand(
          NOON,
          LEASE_END,
          nanos(1),
          () -> {
            leasesEnded.incrementAndGet();
            throw error;
          },
          account));
      holdUntil(LEASE_END, 1);
    }

    assertThat(refusal(LEASE_END, 11)).isEqualTo(Reason.EXHAUSTED);

    assertThat(leasesEnded).hasValue(90);
    assertThat(balance()).isEqualTo(new Balance(100, 90, 0, Instant.MAX));
  }

  @Test
  void aCallbackMayUseTheLedger() {
    ledger.reserve(demand(
        NOON,
        LEASE_END,
        nanos(40),
        () -> {
          ledger.reap(LEASE_END);
          holdUntil(LEASE_END.plusSeconds(1), 60);
        },
        account));
    holdUntil(LEASE_END.plusSeconds(9), 0);

    assertThat(ledger.reap(LEASE_END)).isEqualTo(1);
    assertThat(balance()).isEqualTo(new Balance(100, 40, 60, Instant.MAX));

    assertThat(ledger.reap(LEASE_END.plusSeconds(1))).isEqualTo(1);
    assertThat(ledger.reap(LEASE_END.plusSeconds(9))).isEqualTo(1);
  }

  @Test
  void aSettlementThatRacesWithTheEndOfTheLeaseIsChargedOnce() throws Exception {
    try (Race race = new Race(3)) {
      for (int i = 0; i < RACES; i++) {
        InMemoryLedger ledger = new InMemoryLedger();
        Account account = open(ledger, total("budget", 100), "");
        AtomicInteger ended = new AtomicInteger();
        Ticket ticket = held(
            ledger.reserve(demand(NOON, LEASE_END, nanos(60), ended::incrementAndGet, account)));

        List<Object> results = race.run(List.of(
            () -> ticket.settle(nanos(25)),
            () -> ledger.reap(LEASE_END),
            () -> ledger.reserve(demand(LEASE_END, nanos(99), account))));

        assertThat(ledger.balance(account, LEASE_END))
            .isEqualTo(new Balance(100, 25, 0, Instant.MAX));
        assertThat(results.get(0)).isEqualTo(ended.get() == 0 ? Ending.ENDED : Ending.CORRECTED);
        assertThat(ended).hasValueLessThanOrEqualTo(1);
        assertThat(ledger.reap(Instant.MAX)).isZero();
        hold(ledger, 75, account);
      }
    }
  }

  private Ticket holdUntil(Instant leaseEnd, long nanoUsd) {
    return held(ledger.reserve(
        demand(NOON, leaseEnd, nanos(nanoUsd), leasesEnded::incrementAndGet, account)));
  }

  private Reason refusal(Instant at, long nanoUsd) {
    return refused(ledger.reserve(demand(at, nanos(nanoUsd), account))).reason();
  }

  private Balance balance() {
    return ledger.balance(account, NOON);
  }
}
