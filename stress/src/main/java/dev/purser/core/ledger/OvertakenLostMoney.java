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
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/**
 * In a rolling window a settlement overtakes the charge that it corrects, or does not, and its minute
 * leaves or does not: both counts come out right before and after.
 */
@JCStressTest
@Outcome(id = "1, 1, 0, 0", expect = ACCEPTABLE, desc = "counted to the last minute, then gone")
@Outcome(expect = FORBIDDEN, desc = "lost money or stuck hold")
@State
public class OvertakenLostMoney {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));
  private final Ticket ticket = stage.hold(Stage.minute(0), 7, account);

  @Actor
  public void endLease() {
    ticket.abandon();
  }

  @Actor
  public void settle() {
    ticket.settle(Stage.nanos(1));
    Stage.ticket(stage.reserve(Stage.minute(60), 1, account)).release();
  }

  @Arbiter
  public void look(JJJJ_Result r) {
    Balance last = stage.balance(account, Stage.minute(60));
    r.r1 = last.settled();
    r.r2 = last.settled() + last.held();
    Stage.ticket(stage.reserve(Stage.minute(61), 1, account)).release();
    Balance gone = stage.balance(account, Stage.minute(61));
    r.r3 = gone.settled();
    r.r4 = gone.held();
  }
}
