package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/**
 * Two calls move time on by different strides, over the ends of several stretches of buckets: what has
 * left is counted once, whoever counts it.
 */
@JCStressTest
@Outcome(id = "0, 0, 2", expect = ACCEPTABLE, desc = "only what is in the window")
@Outcome(expect = FORBIDDEN, desc = "lost money, or counted twice")
@State
public class EndOfStretchLostMoney {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));

  public EndOfStretchLostMoney() {
    stage.ledger.charge(account, Stage.nanos(3), Stage.minute(0));
    stage.ledger.charge(account, Stage.nanos(3), Stage.minute(59));
    stage.ledger.charge(account, Stage.nanos(4), Stage.minute(60));
  }

  @Actor
  public void far(IIJ_Result r) {
    Stage.ticket(stage.reserve(Stage.minute(121), 1, account)).release();
    r.r1 = stage.tried(Stage.minute(185), 1, account);
  }

  @Actor
  public void near(IIJ_Result r) {
    Stage.verdict(stage.reserve(Stage.minute(61), 0, account));
    Stage.verdict(stage.reserve(Stage.minute(120), 0, account));
    r.r2 = stage.tried(Stage.minute(184), 1, account);
  }

  @Arbiter
  public void look(IIJ_Result r) {
    Balance balance = stage.balance(account, Stage.minute(185));
    r.r3 = balance.settled() + balance.held();
  }
}
