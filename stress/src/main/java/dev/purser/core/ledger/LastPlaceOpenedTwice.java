package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two first calls of a scope race for the last place: the scope gets one account, not two. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "second")
@Outcome(
    id = "0, 0",
    expect = FORBIDDEN,
    desc = "overspent: one in its own account, one in the shared one")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing")
@State
public class LastPlaceOpenedTwice {

  private final Stage stage = new Stage();
  private final Budget budget = Stage.daily("budget", 10).maxAccounts(1);

  private int open() {
    return stage.tried(Stage.NOON, 6, stage.ledger.open(budget, "scope", Stage.NOON));
  }

  @Actor
  public void first(II_Result r) {
    r.r1 = open();
  }

  @Actor
  public void second(II_Result r) {
    r.r2 = open();
  }
}
