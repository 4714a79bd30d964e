package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/** Two calls on overlapping accounts come and go: nothing stays held, every charge is there. */
@JCStressTest
@Outcome(id = "2, 0, 5, 0", expect = ACCEPTABLE, desc = "all charged, nothing held")
@Outcome(expect = FORBIDDEN, desc = "stuck hold or lost money")
@State
public class StuckHold {

  private final Stage stage = new Stage();
  private final Account one = stage.open(Stage.daily("one", 100));
  private final Account two = stage.open(Stage.rolling(100));

  @Actor
  public void first() {
    stage.hold(Stage.NOON, 4, one, two).settle(Stage.nanos(2));
    stage.hold(Stage.NOON, 4, one).release();
  }

  @Actor
  public void second() {
    Ticket ticket = stage.hold(Stage.NOON, 7, two);
    ticket.abandon();
    ticket.settle(Stage.nanos(3));
    stage.hold(Stage.NOON, 4, two, one).release();
  }

  @Arbiter
  public void look(JJJJ_Result r) {
    Balance first = stage.balance(one, Stage.NOON);
    Balance second = stage.balance(two, Stage.NOON);
    r.r1 = first.settled();
    r.r2 = first.held();
    r.r3 = second.settled();
    r.r4 = second.held();
  }
}
