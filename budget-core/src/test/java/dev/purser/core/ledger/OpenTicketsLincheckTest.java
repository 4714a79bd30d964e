package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.nanos;

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

  // A scan is a long loop, not one that hangs.
  private static final int SLOTS = 1_000;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Queue<LedgerTicket> tickets = new ConcurrentLinkedQueue<>();

  @Operation
  public void open(@Param(name = "second") int leaseEnd) {
    tickets.add(
        (LedgerTicket) held(ledger.reserve(demand(NOON, SECONDS[leaseEnd], nanos(1), () -> {}))));
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
    ledger.reap(SECONDS[now]);
  }

  @Validate
  public void aLaterScanFindsWhatIsOver() {
    ledger.reap(SECONDS[5]);
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
        .checkObstructionFreedom(true)
        .loopBound(SLOTS)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(OpenTicketsLincheckTest.class);
  }

  /** Nothing is returned, so nothing is to be remembered. */
  public static class Sequential {

    public void open(int leaseEnd) {}

    public void release() {}

    public void reap(int now) {}
  }
}
