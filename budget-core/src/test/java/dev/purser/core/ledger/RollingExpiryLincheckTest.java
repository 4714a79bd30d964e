package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
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
import java.util.Arrays;
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
 * A call of a rolling window that ends while its minute leaves: its charge counts until then and no
 * longer, and what it gives back is there at one instant.
 *
 * <p>Only of calls that are charged what they reserved. Any other bill changes two numbers
 * (what leaves with the bucket, and what is used), and where the bucket leaves between the two writes,
 * what is given back counts as held until the second one: a call may be told {@code HELD} for it, as in
 * any account while another call is ending, but for no order of whole endings. Nothing is overspent or
 * lost by that; jcstress has those.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "minute", gen = IntGen.class, conf = "59:62")
@Param(name = "amount", gen = IntGen.class, conf = "1:10")
public class RollingExpiryLincheckTest {

  private static final int LIMIT = 10;
  private static final int RESERVED = 2;
  private static final int MOST_THREADS = 5;

  /** The first minute in which a charge of minute 0 counts no more. */
  private static final int GONE = 61;

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = open(
      ledger, Budget.of("budget", Measure.USD, LIMIT, Window.rolling(Duration.ofHours(1))), "");
  private final Ticket[] tickets = IntStream.range(0, MOST_THREADS)
      .mapToObj(i -> held(call(0, RESERVED)))
      .toArray(Ticket[]::new);

  private Reserved call(int minute, int amount) {
    return ledger.reserve(demand(
        NOON.plus(Duration.ofMinutes(minute)),
        NOON.plus(Duration.ofDays(1)),
        nanos(amount),
        () -> {},
        account));
  }

  /** A call that takes nothing and is left open; it does move time on. */
  @Operation(params = "minute")
  public void clock(int minute) {
    call(minute, 0);
  }

  /** Holds what is admitted to the end. */
  @Operation(params = "amount")
  public boolean reserve(int amount) {
    return call(0, amount) instanceof Reserved.Held;
  }

  @Operation(params = "thread")
  public boolean settle(int thread) {
    return tickets[thread].settle(nanos(RESERVED)) != Ending.NONE;
  }

  @Operation(params = "thread")
  public boolean endLease(int thread) {
    return tickets[thread].abandon();
  }

  @Test
  void aChargeLeavesWithItsMinuteInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(2)
        // A look at every bucket of the window is no livelock.
        .loopIterationsBeforeThreadSwitch(200)
        .loopBound(1_000)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(RollingExpiryLincheckTest.class);
  }

  @Test
  void aChargeLeavesWithItsMinuteOnRealThreads() {
    new StressOptions()
        .logLevel(LoggingLevel.ERROR)
        .iterations(8)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(2)
        .sequentialSpecification(Sequential.class)
        .check(RollingExpiryLincheckTest.class);
  }

  /** What one thread alone would see. */
  public static class Sequential {

    private enum State {
      OPEN,
      PROVISIONAL,
      ENDED
    }

    private final State[] states = new State[MOST_THREADS];
    private int latest;
    private long held;

    public Sequential() {
      Arrays.fill(states, State.OPEN);
    }

    public void clock(int minute) {
      latest = Math.max(latest, minute);
    }

    public boolean reserve(int amount) {
      long used = held;
      for (State state : states) {
        used += state == State.OPEN || latest < GONE ? RESERVED : 0;
      }
      if (used + amount > LIMIT) {
        return false;
      }
      held += amount;
      return true;
    }

    public boolean settle(int thread) {
      boolean ends = states[thread] != State.ENDED;
      states[thread] = State.ENDED;
      return ends;
    }

    public boolean endLease(int thread) {
      boolean ends = states[thread] == State.OPEN;
      if (ends) {
        states[thread] = State.PROVISIONAL;
      }
      return ends;
    }
  }
}
