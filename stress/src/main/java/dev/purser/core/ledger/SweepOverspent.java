package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An account is swept while a call takes it: the hold is found again under its scope. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "held in the account that the scope has")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "overspent: held in an account that was forgotten")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing")
@State
public class SweepOverspent {

  private final Stage stage = new Stage();
  private final Budget budget = Stage.daily("budget", 10);
  private final Account account = stage.open(budget);

  public SweepOverspent() {
    stage.hold(Stage.NOON, 1, account).release();
  }

  @Actor
  public void sweep() {
    stage.ledger.sweep(Stage.NOON);
  }

  @Actor
  public void reserve(II_Result r) {
    r.r1 = stage.tried(Stage.NOON, 6, account);
  }

  @Arbiter
  public void again(II_Result r) {
    r.r2 = stage.tried(Stage.NOON, 6, stage.open(budget));
  }
}
