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
import org.openjdk.jcstress.infra.results.ZLJ_Result;

/**
 * A charge is written off while its call settles after all: whoever is first, what was settled is
 * charged, and nothing besides. In a window of the calendar and in one that rolls.
 */
@JCStressTest
@Outcome(id = "true, RECHARGED, 0", expect = ACCEPTABLE, desc = "written off, then charged again")
@Outcome(id = "false, CORRECTED, 0", expect = ACCEPTABLE, desc = "corrected: nothing to write off")
@Outcome(expect = FORBIDDEN, desc = "lost money, or charged twice")
@State
public class WrittenOffLostMoney {

  private static final long BILL = 3;

  private final Stage stage = new Stage();
  private final Account daily = stage.open(Stage.daily("daily", 20));
  private final Account rolling = stage.open(Stage.rolling(20));
  private final Ticket ticket = stage.hold(Stage.NOON, 5, daily, rolling);

  public WrittenOffLostMoney() {
    ticket.abandon();
  }

  @Actor
  public void settle(ZLJ_Result r) {
    r.r2 = ticket.settle(Stage.nanos(BILL));
  }

  @Actor
  public void writeOff(ZLJ_Result r) {
    r.r1 = ticket.writeOff();
  }

  @Arbiter
  public void look(ZLJ_Result r) {
    r.r3 = off(stage.balance(daily, Stage.NOON)) + off(stage.balance(rolling, Stage.NOON));
  }

  /** Returns by how much an account is off what was settled. */
  private static long off(Balance balance) {
    return Math.abs(balance.settled() - BILL) + balance.held();
  }
}
