package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/** The last slot, while the lease of the call that has it ends and that call reports. */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "second")
@Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "overspent")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "both before the slot came back")
@Outcome(expect = FORBIDDEN, desc = "a slot that came back twice, or never")
@State
public class SlotsOverspent {

  private final Stage stage = new Stage();
  private final Account account =
      stage.open(Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL));
  private final Ticket open = Stage.ticket(call());

  private Reserved call() {
    return stage.ledger.reserve(Stage.demand(Stage.NOON, new Amounts(0, 0, 0, 1), account));
  }

  @Actor
  public void first(IIJ_Result r) {
    open.abandon();
    r.r1 = Stage.verdict(call());
  }

  @Actor
  public void second(IIJ_Result r) {
    open.settle(Stage.nanos(3));
    r.r2 = Stage.verdict(call());
  }

  @Arbiter
  public void look(IIJ_Result r) {
    r.r3 = stage.balance(account, Stage.NOON).held();
  }
}
