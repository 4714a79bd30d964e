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
 * A settlement overtakes the end of its lease. Once it has returned, the charge that it corrects
 * must not be seen any more, though the thread that makes it may still be at it.
 */
@JCStressTest
@Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "HELD: another call holds what is missing")
@Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "false EXHAUSTED")
@Outcome(expect = FORBIDDEN, desc = "overspent or lost")
@State
public class WindowFalseExhausted {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket overtaken = stage.hold(Stage.NOON, 7, account);
  private final Ticket other = stage.hold(Stage.NOON, 3, account);

  @Actor
  public void endLease() {
    overtaken.abandon();
  }

  @Actor
  public void settle(IJJ_Result r) {
    overtaken.settle(Stage.nanos(1));
    r.r1 = stage.tried(Stage.NOON, 7, account);
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.NOON);
    r.r2 = balance.settled();
    r.r3 = balance.held();
    other.release();
  }
}
