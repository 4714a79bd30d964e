package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;

import dev.purser.spi.Amounts;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * However insertions, endings and scans overlap, a later scan finds every lease that is over. What
 * a scan returns is left out: a ticket that is added meanwhile may be left to the next.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "second", gen = IntGen.class, conf = "1:4")
public class OpenTicketsLincheckTest {

  private static final Instant[] SECONDS =
      IntStream.range(0, 6).mapToObj(NOON::plusSeconds).toArray(Instant[]::new);

  // Small enough to be scanned step by step, and to grow.
  private final OpenTickets open = new OpenTickets(2);
  private final Queue<LedgerTicket> tickets = new ConcurrentLinkedQueue<>();

  @Operation
  public void add(@Param(name = "second") int leaseEnd) {
    Hold nothing = Hold.of(new Counter[0], Amounts.NONE);
    LedgerTicket ticket = new LedgerTicket(
        new InMemoryLedger(), nothing, demand(NOON, SECONDS[leaseEnd], Amounts.NONE, () -> {}));
    open.add(ticket);
    tickets.add(ticket);
  }

  @Operation
  public void release() {
    LedgerTicket ticket = tickets.peek();
    if (ticket != null) {
      ticket.release();
    }
  }

  @Operation
  public void reap(@Param(name = "second") int now) {
    open.reap(SECONDS[now]);
  }

  @Validate
  public void aLaterScanFindsWhatIsOver() {
    open.reap(SECONDS[5]);
    if (tickets.stream().anyMatch(LedgerTicket::isOpen)) {
      throw new IllegalStateException("a lease that is over was missed");
    }
  }

  @Test
  void noLeaseIsMissedInAnyInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(0)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(OpenTicketsLincheckTest.class);
  }

  /** Nothing is returned, so nothing is to be remembered. */
  public static class Sequential {

    public void add(int leaseEnd) {}

    public void release() {}

    public void reap(int now) {}
  }
}
