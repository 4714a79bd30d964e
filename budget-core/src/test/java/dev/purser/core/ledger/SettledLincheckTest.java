package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;

import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * What is charged to one account is linearizable, and with it the reason of a refusal: {@code
 * EXHAUSTED} is said where charges and request exceed the limit at one instant of the call, and
 * never where they do not. Each thread has a ticket of its own from the start.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "amount", gen = IntGen.class, conf = "1:10")
@Param(name = "bill", gen = IntGen.class, conf = "0:4")
public class SettledLincheckTest {

  private static final int LIMIT = 10;
  private static final int HELD = 2;
  private static final int MOST_THREADS = 5;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", LIMIT), "");
  private final Ticket[] tickets =
      Stream.generate(() -> hold(ledger, HELD, account)).limit(MOST_THREADS).toArray(Ticket[]::new);

  @Operation(params = {"thread", "bill"})
  public Ending settle(int thread, int bill) {
    return tickets[thread].settle(nanos(bill));
  }

  @Operation(params = "thread")
  public boolean abandon(int thread) {
    return tickets[thread].abandon();
  }

  @Operation(params = "amount")
  public boolean exhausted(int amount) {
    Reserved reserved = Demands.reserve(ledger, amount, account);
    if (reserved instanceof Reserved.Held held) {
      held.ticket().release();
      return false;
    }
    return ((Reserved.Refused) reserved).reason() == Reason.EXHAUSTED;
  }

  @Operation
  public long settled() {
    return ledger.balance(account, NOON).settled();
  }

  @Test
  void chargesAreLinearizableInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(SettledLincheckTest.class);
  }

  @Test
  void chargesAreLinearizableOnRealThreads() {
    new StressOptions()
        .logLevel(LoggingLevel.ERROR)
        .iterations(8)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(SettledLincheckTest.class);
  }

  /** What one thread alone would see. */
  public static class Sequential {

    private static final long OPEN = -1;
    private static final long ABANDONED = -2;

    private final long[] charges = new long[MOST_THREADS];

    public Sequential() {
      Arrays.fill(charges, OPEN);
    }

    public Ending settle(int thread, int bill) {
      long before = charges[thread];
      if (before >= 0) {
        return Ending.NONE;
      }
      charges[thread] = bill;
      return before == OPEN ? Ending.ENDED : Ending.CORRECTED;
    }

    public boolean abandon(int thread) {
      if (charges[thread] != OPEN) {
        return false;
      }
      charges[thread] = ABANDONED;
      return true;
    }

    public boolean exhausted(int amount) {
      return settled() + amount > LIMIT;
    }

    public long settled() {
      return Arrays.stream(charges)
          .map(charge -> charge == ABANDONED ? HELD : Math.max(0, charge))
          .sum();
    }
  }
}
