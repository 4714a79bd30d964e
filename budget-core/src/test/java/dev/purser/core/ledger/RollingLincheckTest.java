package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
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
 * Admission in a rolling window is linearizable while charges leave it: whoever moves time on, they are
 * gone for everybody at one instant.
 *
 * <p>A call does two things, one after the other: it moves time to its own, and then it is admitted or
 * refused at the latest time there is. Each is atomic, both together are not: a call of 12:01 may let
 * another take the room that 12:01 brings, and be refused for it. So they are two operations here. Nor
 * do calls of this test leave the window while they end; {@link RollingExpiryLincheckTest} has that.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "minute", gen = IntGen.class, conf = "60:63")
@Param(name = "amount", gen = IntGen.class, conf = "1:7")
@Param(name = "bill", gen = IntGen.class, conf = "0:8")
public class RollingLincheckTest {

  private static final int LIMIT = 10;
  private static final int MOST_THREADS = 8;
  private static final int NOW = 60;

  /** Charged in the minutes 0, 1 and 2, so gone in 61, 62 and 63. */
  private static final List<Integer> CHARGES = List.of(3, 2, 4);

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(
      ledger, Budget.of("budget", Measure.USD, LIMIT, Window.rolling(Duration.ofHours(1))), "");
  private final List<Queue<Ticket>> tickets = queues();

  public RollingLincheckTest() {
    for (int minute = 0; minute < CHARGES.size(); minute++) {
      ledger.charge(account, nanos(CHARGES.get(minute)), NOON.plus(Duration.ofMinutes(minute)));
    }
    Reserved unused = call(NOW, 0);
  }

  private Reserved call(int minute, int amount) {
    return ledger.reserve(demand(NOON.plus(Duration.ofMinutes(minute)), nanos(amount), account));
  }

  /** A call that takes nothing and is left open; it does move time on. */
  @Operation(params = "minute")
  public void clock(int minute) {
    call(minute, 0);
  }

  @Operation(params = {"thread", "amount"})
  public boolean reserve(int thread, int amount) {
    return call(NOW, amount) instanceof Reserved.Held held
        && tickets.get(thread).add(held.ticket());
  }

  @Operation(params = {"thread", "bill"})
  public Ending settle(int thread, int bill) {
    Ticket ticket = tickets.get(thread).poll();
    return ticket == null ? Ending.NONE : ticket.settle(nanos(bill));
  }

  @Operation(params = "thread")
  public boolean abandon(int thread) {
    Ticket ticket = tickets.get(thread).peek();
    return ticket != null && ticket.abandon();
  }

  @Test
  void whatLeavesIsGoneForEverybodyInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(2)
        // A look at every bucket of the window is no livelock.
        .loopIterationsBeforeThreadSwitch(200)
        .loopBound(1_000)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(RollingLincheckTest.class);
  }

  @Test
  void whatLeavesIsGoneForEverybodyOnRealThreads() {
    new StressOptions()
        .logLevel(LoggingLevel.ERROR)
        .iterations(8)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(2)
        .sequentialSpecification(Sequential.class)
        .check(RollingLincheckTest.class);
  }

  private static <T> List<Queue<T>> queues() {
    return IntStream.range(0, MOST_THREADS)
        .<Queue<T>>mapToObj(i -> new ArrayDeque<>())
        .toList();
  }

  /** What one thread alone would see. */
  public static class Sequential {

    private final List<Queue<Held>> holds = queues();
    private int latest = NOW;
    private long used;

    private static final class Held {
      final long amount;
      boolean abandoned;

      Held(long amount) {
        this.amount = amount;
      }
    }

    public void clock(int minute) {
      latest = Math.max(latest, minute);
    }

    private long charged() {
      return CHARGES.subList(latest - NOW, CHARGES.size()).stream()
          .mapToInt(Integer::intValue)
          .sum();
    }

    public boolean reserve(int thread, int amount) {
      if (charged() + used + amount > LIMIT) {
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

    public boolean abandon(int thread) {
      Held held = holds.get(thread).peek();
      if (held == null || held.abandoned) {
        return false;
      }
      held.abandoned = true;
      return true;
    }
  }
}
