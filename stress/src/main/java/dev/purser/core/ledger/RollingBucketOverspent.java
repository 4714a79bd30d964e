package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Reserved;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * A call that is admitted only because another has moved time on, and the charges of its own minute
 * with it, is charged to the later minute: its own has no room for it.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "refused in its own minute")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "refused in its own minute")
@Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "admitted in the later minute and charged there")
@Outcome(expect = FORBIDDEN, desc = "overspent: charged to a minute that was full")
@State
public class RollingBucketOverspent {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));

  public RollingBucketOverspent() {
    stage.ledger.charge(account, Stage.nanos(10), Stage.minute(0));
  }

  @Actor
  public void early(IJ_Result r) {
    Reserved reserved = stage.reserve(Stage.minute(0), 5, account);
    r.r1 = Stage.verdict(reserved);
    if (reserved instanceof Reserved.Held held) {
      held.ticket().settle(Stage.nanos(5));
    }
  }

  @Actor
  public void late() {
    Stage.ticket(stage.reserve(Stage.minute(61), 1, account)).release();
  }

  @Arbiter
  public void look(IJ_Result r) {
    r.r2 = stage.balance(account, Stage.minute(61)).settled();
  }
}
