package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJJ_Result;

/** A settlement beyond what was reserved, and a release: one of them counts. */
@JCStressTest
@Outcome(id = "1, 8, 0", expect = ACCEPTABLE, desc = "settled")
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "released")
@Outcome(expect = FORBIDDEN, desc = "settled twice, never, or stuck hold")
@State
public class SettledAndReleased {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket ticket = stage.hold(Stage.NOON, 5, account);
  private final AtomicInteger endings = new AtomicInteger();

  private void count(Ending ending) {
    if (ending != Ending.NONE) {
      endings.getAndIncrement();
    }
  }

  @Actor
  public void settle() {
    count(ticket.settle(Stage.nanos(8)));
  }

  @Actor
  public void release() {
    count(ticket.release());
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.NOON);
    r.r1 = endings.get();
    r.r2 = balance.settled();
    r.r3 = balance.held();
  }
}
