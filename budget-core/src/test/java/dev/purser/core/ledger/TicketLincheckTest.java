package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;

import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket.Ending;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Whoever races to end one ticket, exactly one of them does, its lease ends at most once, and once
 * all have returned the account shows the winner's charge; a charge is written off at most once.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "bill", gen = IntGen.class, conf = "1:9")
public class TicketLincheckTest {

  private static final int LIMIT = 10;
  private static final int RESERVED = 5;
  private static final long NONE = -1;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", LIMIT), "");
  private final AtomicInteger leasesEnded = new AtomicInteger();
  private final LedgerTicket ticket = (LedgerTicket) held(ledger.reserve(
      demand(NOON, LEASE_END, nanos(RESERVED), leasesEnded::incrementAndGet, account)));

  private final AtomicLong winningBill = new AtomicLong(NONE);
  private final AtomicInteger provisional = new AtomicInteger();
  private final AtomicInteger expired = new AtomicInteger();
  private final AtomicInteger writtenOff = new AtomicInteger();

  @Operation
  public Ending settle(@Param(name = "bill") int bill) {
    Ending ending = ticket.settle(nanos(bill));
    if (ending != Ending.NONE) {
      winningBill.set(bill);
    }
    return ending;
  }

  @Operation
  public Ending release() {
    Ending ending = ticket.release();
    if (ending != Ending.NONE) {
      winningBill.set(0);
    }
    return ending;
  }

  @Operation
  public boolean abandon() {
    boolean abandoned = ticket.abandon();
    if (abandoned) {
      provisional.incrementAndGet();
    }
    return abandoned;
  }

  @Operation
  public boolean writeOff() {
    boolean taken = ticket.writeOff();
    if (taken) {
      writtenOff.incrementAndGet();
    }
    return taken;
  }

  @Operation
  public boolean endLease() {
    boolean over = ticket.expire();
    if (over) {
      provisional.incrementAndGet();
      expired.incrementAndGet();
    }
    return over;
  }

  @Validate
  public void theAccountShowsTheOneEnding() {
    boolean ended = winningBill.get() != NONE;
    boolean charged = provisional.get() == 1 && writtenOff.get() == 0;
    long settled = ended ? winningBill.get() : charged ? RESERVED : 0;
    long held = ended || provisional.get() == 1 ? 0 : RESERVED;
    Balance expected = new Balance(LIMIT, settled, held, Instant.MAX);
    Balance balance = ledger.balance(account, NOON);
    if (!balance.equals(expected) || leasesEnded.get() != expired.get()) {
      throw new IllegalStateException(
          balance + " instead of " + expected + ", leases ended " + leasesEnded.get());
    }
  }

  @Test
  void aTicketEndsOnceInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(TicketLincheckTest.class);
  }

  @Test
  void aTicketEndsOnceOnRealThreads() {
    new StressOptions()
        .logLevel(LoggingLevel.ERROR)
        .iterations(8)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(TicketLincheckTest.class);
  }

  /** OPEN → PROVISIONAL → ENDED, or by way of WRITTEN_OFF. */
  public static class Sequential {

    private boolean provisional;
    private boolean writtenOff;
    private boolean ended;

    public Ending settle(int bill) {
      if (ended) {
        return Ending.NONE;
      }
      ended = true;
      return writtenOff ? Ending.RECHARGED : provisional ? Ending.CORRECTED : Ending.ENDED;
    }

    public Ending release() {
      return settle(0);
    }

    public boolean abandon() {
      boolean open = !ended && !provisional;
      provisional |= open;
      return open;
    }

    public boolean endLease() {
      return abandon();
    }

    public boolean writeOff() {
      boolean charged = provisional && !writtenOff && !ended;
      writtenOff |= charged;
      return charged;
    }
  }
}
