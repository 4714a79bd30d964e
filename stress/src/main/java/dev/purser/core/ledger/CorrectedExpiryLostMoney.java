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
import org.openjdk.jcstress.infra.results.IJJ_Result;

/** A charge is corrected, up or down, as its minute leaves: what is left counts nowhere any more. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "only the later call is counted")
@Outcome(expect = FORBIDDEN, desc = "lost money or stuck hold")
@State
public class CorrectedExpiryLostMoney {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(20));
  private final Ticket lower = stage.hold(Stage.minute(0), 5, account);
  private final Ticket higher = stage.hold(Stage.minute(0), 5, account);

  public CorrectedExpiryLostMoney() {
    lower.abandon();
    higher.abandon();
  }

  @Actor
  public void correct() {
    lower.settle(Stage.nanos(3));
    higher.settle(Stage.nanos(8));
  }

  @Actor
  public void later(IJJ_Result r) {
    r.r1 = stage.tried(Stage.minute(61), 1, account);
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.minute(61));
    r.r2 = balance.settled();
    r.r3 = balance.held();
  }
}
