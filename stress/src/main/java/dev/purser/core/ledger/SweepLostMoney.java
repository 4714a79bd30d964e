package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** An account that holds nothing is swept as a call is charged that had reserved nothing there. */
@JCStressTest
@Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "charged where the scope is counted")
@Outcome(expect = FORBIDDEN, desc = "lost money")
@State
public class SweepLostMoney {

  private final Stage stage = new Stage();
  private final Budget budget = Stage.daily("budget", 10);
  private final Ticket ticket = stage.hold(Stage.NOON, 0, stage.open(budget));

  @Actor
  public void settle() {
    ticket.settle(Stage.nanos(3));
  }

  @Actor
  public void sweep() {
    stage.ledger.sweep(Stage.NOON);
  }

  @Arbiter
  public void look(JJ_Result r) {
    Balance balance = stage.balance(stage.open(budget), Stage.NOON);
    r.r1 = balance.settled();
    r.r2 = balance.held();
  }
}
