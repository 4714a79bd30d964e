package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.reserve;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Promise 3: refused for money that is spent, or for money that is only held. */
class ExhaustedOrHeldPromiseTest {

  private static final int LIMIT = 100;

  private final InMemoryLedger ledger = new InMemoryLedger();

  /** Each number is a call: its ending, its reservation and its bill follow from it. */
  @Property(tries = 500)
  void withNoOtherCallOpenARefusalIsNeverHeld(
      @ForAll @Size(max = 40) List<@IntRange(max = 99_999) Integer> calls,
      @ForAll @IntRange(min = 1, max = 2 * LIMIT) int last) {
    InMemoryLedger fresh = new InMemoryLedger();
    Account[] accounts = {
      open(fresh, total("broad", LIMIT), ""), open(fresh, total("narrow", LIMIT / 2), "")
    };
    for (int call : calls) {
      Reserved reserved = reserve(fresh, call / 10 % 100, accounts);
      if (reserved instanceof Reserved.Held admitted) {
        end(fresh, admitted.ticket(), call % 10, call / 1_000);
      } else {
        assertThat(refused(reserved).reason()).isEqualTo(Reason.EXHAUSTED);
      }
    }

    if (reserve(fresh, last, accounts) instanceof Reserved.Refused refused) {
      assertThat(refused.reason()).isEqualTo(Reason.EXHAUSTED);
      assertThat(refused.balance().settled() + last)
          .isGreaterThan(refused.balance().limit());
    }
  }

  private static void end(InMemoryLedger ledger, Ticket ticket, int how, long bill) {
    switch (how) {
      case 0 -> ticket.release();
      case 1 -> ticket.abandon();
      case 2 -> ledger.reap(LEASE_END);
      case 3 -> {
        ticket.abandon();
        ticket.settle(nanos(bill));
      }
      default -> ticket.settle(nanos(bill));
    }
  }

  @Test
  void moneyThatIsOnlyHeldIsHeldAndTryingAgainPasses() {
    Account account = open(ledger, total("budget", LIMIT), "");
    Ticket other = hold(ledger, 60, account);

    assertThat(refused(reserve(ledger, 60, account)).reason()).isEqualTo(Reason.HELD);
    other.settle(nanos(40));

    hold(ledger, 60, account);
  }

  @Test
  void aCallThatWasForgottenIsNoReasonToTryAgain() {
    Account account = open(ledger, total("budget", LIMIT), "");
    hold(ledger, 60, account);

    assertThat(refused(ledger.reserve(demand(LEASE_END, nanos(60), account))).reason())
        .isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void underARaceExhaustedIsSaidOnlyWhereChargesLeaveNoRoom() throws Exception {
    int threads = 16;
    int rounds = 30;
    int request = 40;
    Account account = open(ledger, total("budget", LIMIT), "");
    try (Race race = new Race(threads)) {
      for (int round = 1; round <= rounds; round++) {
        List<Integer> exhausted = race.run(
            Collections.nCopies(threads, () -> tryAndReleaseAHundredTimes(account, request)));

        // The calls wanted far more than the limit together, but charges left room for each.
        assertThat(exhausted).containsOnly(0);
        hold(ledger, 2, account).settle(nanos(2));
        hold(ledger, LIMIT - 2 * round, account).release();
      }
    }
    assertThat(LIMIT - 2 * rounds).isGreaterThanOrEqualTo(request);
  }

  private int tryAndReleaseAHundredTimes(Account account, int request) {
    int exhausted = 0;
    for (int i = 0; i < 100; i++) {
      Reserved reserved = reserve(ledger, request, account);
      if (reserved instanceof Reserved.Held admitted) {
        admitted.ticket().release();
      } else if (refused(reserved).reason() == Reason.EXHAUSTED) {
        exhausted++;
      }
    }
    return exhausted;
  }
}
