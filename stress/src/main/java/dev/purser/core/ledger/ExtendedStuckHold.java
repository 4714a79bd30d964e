package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/** A call draws on more accounts as they are swept: what it holds there is given back once. */
@JCStressTest
@Outcome(id = "2, 0, 2, 0", expect = ACCEPTABLE, desc = "charged once, nothing held")
@Outcome(expect = FORBIDDEN, desc = "stuck hold or lost money")
@State
public class ExtendedStuckHold {

  private final Stage stage = new Stage();
  private final Budget first = Stage.daily("first", 10);
  private final Budget second = Stage.daily("second", 10);
  private final List<Account> more = List.of(stage.open(first), stage.open(second));
  private final Ticket ticket = stage.hold(Stage.NOON, 5, stage.open(Stage.daily("own", 10)));

  public ExtendedStuckHold() {
    // Not for the first time in use, so that a sweep has a counter to kill.
    stage.hold(Stage.NOON, 1, more.get(0), more.get(1)).release();
  }

  @Actor
  public void extend() {
    ticket.extend(more);
    ticket.settle(Stage.nanos(2));
  }

  @Actor
  public void sweep() {
    stage.ledger.sweep(Stage.NOON);
  }

  @Arbiter
  public void look(JJJJ_Result r) {
    Balance one = stage.balance(stage.open(first), Stage.NOON);
    Balance two = stage.balance(stage.open(second), Stage.NOON);
    r.r1 = one.settled();
    r.r2 = one.held();
    r.r3 = two.settled();
    r.r4 = two.held();
  }
}
