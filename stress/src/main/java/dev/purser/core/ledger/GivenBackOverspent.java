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
import org.openjdk.jcstress.infra.results.IJ_Result;

/** What a settlement gives back is there once: its charge stays, and no call gets both. */
@JCStressTest
@Outcome(id = "0, 10", expect = ACCEPTABLE, desc = "admitted by what was given back")
@Outcome(id = "1, 4", expect = ACCEPTABLE, desc = "came too early")
@Outcome(expect = FORBIDDEN, desc = "overspent, lost or false EXHAUSTED")
@State
public class GivenBackOverspent {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket ticket = stage.hold(Stage.NOON, 10, account);

  @Actor
  public void settle() {
    ticket.settle(Stage.nanos(4));
  }

  @Actor
  public void reserve(IJ_Result r) {
    r.r1 = stage.tried(Stage.NOON, 6, account);
  }

  @Arbiter
  public void look(IJ_Result r) {
    Balance balance = stage.balance(account, Stage.NOON);
    r.r2 = balance.settled() + balance.held();
  }
}
