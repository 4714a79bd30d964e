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

/** A call settles beyond what it reserved as its minute becomes the last of the window. */
@JCStressTest
@Outcome(id = "0, 7, 1", expect = ACCEPTABLE, desc = "the charge stays to the end of its minute")
@Outcome(expect = FORBIDDEN, desc = "lost money or stuck hold")
@State
public class LastMinuteLostMoney {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));
  private final Ticket ticket = stage.hold(Stage.minute(1), 5, account);

  @Actor
  public void settle() {
    ticket.settle(Stage.nanos(7));
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
