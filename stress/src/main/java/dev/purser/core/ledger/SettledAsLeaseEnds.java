package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJJ_Result;

/** The lease of a call ends as it settles: what it settled stands, whichever was first. */
@JCStressTest
@Outcome(id = "1, 3, 0", expect = ACCEPTABLE, desc = "settled or corrected")
@Outcome(expect = FORBIDDEN, desc = "settled twice, never, or stuck hold")
@State
public class SettledAsLeaseEnds {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket ticket = stage.hold(Stage.NOON, 5, account);

  @Actor
  public void settle(IJJ_Result r) {
    r.r1 = ticket.settle(Stage.nanos(3)) == Ending.NONE ? 0 : 1;
  }

  @Actor
  public void reap() {
    stage.ledger.reap(Stage.LEASE_END);
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.NOON);
    r.r2 = balance.settled();
    r.r3 = balance.held();
  }
}
