package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.nanos;

import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
 * Calls that meet a new day together, or whose clocks disagree about the day, share one counter for
 * it. What a call returns is left out: the day begins before the call that met it first has taken
 * its money, so that another may overtake it.
 *
 * <p>Public, as Lincheck requires.
 */
@Param(name = "day", gen = IntGen.class, conf = "0:2")
public class WindowLincheckTest {

  private static final int LIMIT = 10;

  // Worked out before, so that Lincheck need not step through the calendar.
  private static final Instant[] DAYS = IntStream.range(0, 3)
      .mapToObj(day -> NOON.plus(Duration.ofDays(day)))
      .toArray(Instant[]::new);

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account account = ledger.open(daily("day", LIMIT), "");
  private final Queue<Counter> counters = new ConcurrentLinkedQueue<>();

  @Operation
  public void reserve(@Param(name = "day") int day) {
    Reserved reserved = ledger.reserve(demand(DAYS[day], Instant.MAX, nanos(4), () -> {}, account));
    if (reserved instanceof Reserved.Held held) {
      counters.add(((LedgerTicket) held.ticket()).hold().counters()[0]);
    }
  }

  @Validate
  public void everyDayHasOneCounterAndOneLimit() {
    Map<Instant, Counter> days = new HashMap<>();
    for (Counter counter : counters) {
      Counter other = days.putIfAbsent(counter.balance().resetsAt(), counter);
      if (other != null && other != counter) {
        throw new IllegalStateException("two counters for one day");
      }
      if (counter.used() > LIMIT) {
        throw new IllegalStateException("overspent: " + counter.used());
      }
    }
  }

  @Test
  void aDayBeginsOnceInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(0)
        .checkObstructionFreedom(true)
        .logLevel(LoggingLevel.ERROR)
        .sequentialSpecification(Sequential.class)
        .check(WindowLincheckTest.class);
  }

  /** Nothing is returned, so nothing is to be remembered. */
  public static class Sequential {

    public void reserve(int day) {}
  }
}
