package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Ticket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A scope comes while there is no place, again when one has become free: it stays in the shared
 * account as long as that counts what it spent.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "second")
@Outcome(
    id = "0, 0",
    expect = FORBIDDEN,
    desc = "overspent: one in its own account, one in the shared one")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing")
@State
public class OverflowOpenedTwice {

  private final Stage stage = new Stage();
  private final Budget budget = Stage.daily("budget", 10).maxAccounts(1);
  private final Ticket last =
      stage.hold(Stage.NOON, 1, stage.ledger.open(budget, "other", Stage.NOON));

  private int open() {
    return stage.tried(Stage.NOON, 6, stage.ledger.open(budget, "scope", Stage.NOON));
  }

  @Actor
  public void first(II_Result r) {
    r.r1 = open();
    last.release();
    stage.ledger.sweep(Stage.NOON);
  }

  @Actor
  public void second(II_Result r) {
    r.r2 = open();
  }
}
