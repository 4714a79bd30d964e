package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.spi.Account;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenTicketsTest {

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", Long.MAX_VALUE), "");

  @Test
  void theTableIsBoundedByTheMostCallsThatWereOpenAtOnce() {
    int fresh = ledger.capacity();
    for (int i = 0; i < 100_000; i++) {
      hold(ledger, 1, account).settle(nanos(1));
    }
    assertThat(ledger.capacity()).isEqualTo(fresh);

    List<Ticket> open = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      open.add(hold(ledger, 1, account));
    }
    int grown = ledger.capacity();
    assertThat(grown).isBetween(10_000, 80_000);

    for (int i = 0; i < 100_000; i++) {
      int index = i % open.size();
      open.get(index).release();
      open.set(index, hold(ledger, 1, account));
    }
    assertThat(ledger.capacity()).isBetween(grown, 80_000);
  }

  @Test
  void aTicketIsFoundWhereverTheTableGrew() {
    List<Ticket> open = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      open.add(hold(ledger, 1, account));
    }
    for (int i = 0; i < 1_000; i += 2) {
      open.get(i).release();
    }

    assertThat(ledger.reap(LEASE_END)).isEqualTo(500);

    assertThat(ledger.balance(account, NOON).settled()).isEqualTo(500);
    assertThat(ledger.balance(account, NOON).held()).isZero();
  }

  @Test
  void noLeaseIsMissedWhileOthersAreAddedEndedAndReaped() throws Exception {
    int threads = 8;
    int rounds = 40;
    int perRound = 250;
    AtomicInteger ended = new AtomicInteger();
    try (Race race = new Race(threads)) {
      for (int round = 0; round < rounds; round++) {
        Instant now = NOON.plusSeconds(round);
        List<Callable<Integer>> tasks =
            Collections.nCopies(threads, () -> openAndEndHalf(now, perRound, ended));

        race.run(tasks);

        // Whatever the scans overlapped with, the next one finds everything that is over.
        ledger.reap(now);
        assertThat(ledger.balance(account, now).held()).isZero();
        assertThat(ended).hasValue((round + 1) * threads * perRound / 2);
      }
    }
  }

  private int openAndEndHalf(Instant now, int count, AtomicInteger ended) {
    int reaped = 0;
    for (int i = 0; i < count; i++) {
      boolean settles = i % 2 == 0;
      // Half are due at once; the others would be due much later, so that the bound has to move.
      Instant leaseEnd = settles ? now.plusSeconds(3600 + i) : now;
      Ticket ticket =
          held(ledger.reserve(demand(now, leaseEnd, nanos(3), ended::incrementAndGet, account)));
      if (settles) {
        assertThat(ticket.settle(nanos(2))).isEqualTo(Ticket.Ending.ENDED);
      } else if (i % 10 == 1) {
        reaped += ledger.reap(now);
      }
    }
    return reaped;
  }
}
