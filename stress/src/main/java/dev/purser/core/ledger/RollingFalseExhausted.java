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

/**
 * The same in a rolling window, where the settlement is followed by a call of a later time: the
 * minute of the charge leaves while the charge is made and corrected.
 */
@JCStressTest
@Outcome(id = "1, 0, 3", expect = ACCEPTABLE, desc = "HELD: another call holds what is missing")
@Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "false EXHAUSTED")
@Outcome(expect = FORBIDDEN, desc = "overspent or lost")
@State
public class RollingFalseExhausted {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));
  private final Ticket overtaken = stage.hold(Stage.minute(0), 7, account);
  private final Ticket other = stage.hold(Stage.minute(0), 3, account);

  @Actor
  public void endLease() {
    overtaken.abandon();
  }

  @Actor
  public void settle(IJJ_Result r) {
    overtaken.settle(Stage.nanos(1));
    r.r1 = stage.tried(Stage.minute(61), 8, account);
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.minute(61));
    r.r2 = balance.settled();
    r.r3 = balance.held();
    other.release();
  }
}
