package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.total;

import dev.purser.api.Measure;
import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Admission on one account is linearizable: what is held and charged together changes at one
 * instant of each call. Every thread ends its own tickets ({@link TicketLincheckTest} has the races
 * for one), and a refusal's reason is left out ({@link SettledLincheckTest} has it): the two counts
 * of an account cannot change together, so only each of them is linearizable, not the pair.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "amount", gen = IntGen.class, conf = "1:7")
@Param(name = "bill", gen = IntGen.class, conf = "0:8")
public class UsedLincheckTest {

  private static final int LIMIT = 10;
  private static final int MOST_THREADS = 8;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(ledger, total("budget", LIMIT), "");
  private final List<Queue<Ticket>> tickets = queues();

  @Operation(params = {"thread", "amount"})
  public boolean reserve(int thread, int amount) {
    Reserved reserved = Demands.reserve(ledger, amount, account);
    return reserved instanceof Reserved.Held held && tickets.get(thread).add(held.ticket());
  }

  @Operation(params = {"thread", "bill"})
  public Ending settle(int thread, int bill) {
    Ticket ticket = tickets.get(thread).poll();
    return ticket == null ? Ending.NONE : ticket.settle(nanos(bill));
  }

  @Operation(params = "thread")
  public Ending release(int thread) {
    Ticket ticket = tickets.get(thread).poll();
    return ticket == null ? Ending.NONE : ticket.release();
  }

  @Operation(params = "thread")
  public boolean abandon(int thread) {
    Ticket ticket = tickets.get(thread).peek();
    return ticket != null && ticket.abandon();
  }

  @Operation
  public long room() {
    return ledger.room(List.of(account), NOON).of(Measure.USD);
  }

  @Test
  void admissionIsLinearizableInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(UsedLincheckTest.class);
  }

  @Test
  void admissionIsLinearizableOnRealThreads() {
    new StressOptions()
        .logLevel(LoggingLevel.ERROR)
        .iterations(8)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .sequentialSpecification(Sequential.class)
        .check(UsedLincheckTest.class);
  }

  private static <T> List<Queue<T>> queues() {
    return IntStream.range(0, MOST_THREADS)
        .<Queue<T>>mapToObj(i -> new ArrayDeque<>())
        .toList();
  }

  /** What one thread alone would see. */
  public static class Sequential {

    private final List<Queue<Held>> holds = queues();
    private long used;

    private static final class Held {
      final long amount;
      boolean abandoned;

      Held(long amount) {
        this.amount = amount;
      }
    }

    public boolean reserve(int thread, int amount) {
      if (used + amount > LIMIT) {
        return false;
      }
      used += amount;
      return holds.get(thread).add(new Held(amount));
    }

    public Ending settle(int thread, int bill) {
      Held held = holds.get(thread).poll();
      if (held == null) {
        return Ending.NONE;
      }
      used += bill - held.amount;
      return held.abandoned ? Ending.CORRECTED : Ending.ENDED;
    }

    public Ending release(int thread) {
      return settle(thread, 0);
    }

    public boolean abandon(int thread) {
      Held held = holds.get(thread).peek();
      if (held == null || held.abandoned) {
        return false;
      }
      held.abandoned = true;
      return true;
    }

    public long room() {
      return Math.max(0, LIMIT - used);
    }
  }
}
