package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/** Two calls of different minutes find that old charges have left: there is room for one. */
@JCStressTest
@Outcome(id = "0, 1, 6", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0, 6", expect = ACCEPTABLE, desc = "second")
@Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "overspent")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing, or counted wrong")
@State
public class RollingOverspent {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));

  public RollingOverspent() {
    stage.ledger.charge(account, Stage.nanos(4), Stage.minute(0));
    stage.ledger.charge(account, Stage.nanos(6), Stage.minute(1));
  }

  @Actor
  public void first(IIJ_Result r) {
    r.r1 = stage.tried(Stage.minute(62), 6, account);
  }

  @Actor
  public void second(IIJ_Result r) {
    r.r2 = stage.tried(Stage.minute(63), 6, account);
  }

  @Arbiter
  public void look(IIJ_Result r) {
    r.r3 = stage.balance(account, Stage.minute(63)).held();
  }
}
