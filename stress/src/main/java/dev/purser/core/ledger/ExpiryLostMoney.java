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

/** A call settles as its minute leaves: the charge is gone with it, and so is the hold. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "only the later call is counted")
@Outcome(expect = FORBIDDEN, desc = "lost money or stuck hold")
@State
public class ExpiryLostMoney {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));
  private final Ticket ticket = stage.hold(Stage.minute(0), 5, account);

  @Actor
  public void settle() {
    ticket.settle(Stage.nanos(3));
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
