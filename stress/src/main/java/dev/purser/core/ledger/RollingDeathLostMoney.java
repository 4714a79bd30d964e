package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A rolling account is swept as its last charge leaves, while a later call is charged. */
@JCStressTest
@Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "charged where the scope is counted")
@Outcome(expect = FORBIDDEN, desc = "lost money or stuck hold")
@State
public class RollingDeathLostMoney {

  private final Stage stage = new Stage();
  private final Budget budget = Stage.rolling(10);
  private final Account account = stage.open(budget);

  public RollingDeathLostMoney() {
    stage.ledger.charge(account, Stage.nanos(5), Stage.minute(0));
  }

  @Actor
  public void sweep() {
    stage.ledger.sweep(Stage.minute(61));
  }

  @Actor
  public void call() {
    stage.hold(Stage.minute(61), 6, account).settle(Stage.nanos(4));
  }

  @Arbiter
  public void look(JJ_Result r) {
    Balance balance = stage.balance(stage.open(budget), Stage.minute(61));
    r.r1 = balance.settled();
    r.r2 = balance.held();
  }
}
