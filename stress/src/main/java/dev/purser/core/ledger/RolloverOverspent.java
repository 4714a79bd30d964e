package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Ticket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/**
 * Two calls meet a new day first, which they do not fit into together, while yesterday's call ends:
 * they agree on one counter, and yesterday gives nothing back to today.
 */
@JCStressTest
@Outcome(id = "0, 1, 6", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0, 6", expect = ACCEPTABLE, desc = "second")
@Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "overspent")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing, or counted wrong")
@State
public class RolloverOverspent {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket yesterday = stage.hold(Stage.NOON, 10, account);

  @Actor
  public void first(IIJ_Result r) {
    r.r1 = stage.tried(Stage.NEXT_DAY, 6, account);
  }

  @Actor
  public void second(IIJ_Result r) {
    r.r2 = stage.tried(Stage.NEXT_DAY, 6, account);
    yesterday.release();
  }

  @Arbiter
  public void look(IIJ_Result r) {
    r.r3 = stage.balance(account, Stage.NEXT_DAY).held();
  }
}
