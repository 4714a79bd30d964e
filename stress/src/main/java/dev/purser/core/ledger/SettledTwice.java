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

/** Two settlements of one call: one of them counts. */
@JCStressTest
@Outcome(id = "1, 3, 0", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 4, 0", expect = ACCEPTABLE, desc = "second")
@Outcome(expect = FORBIDDEN, desc = "settled twice, never, or stuck hold")
@State
public class SettledTwice {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final Ticket ticket = stage.hold(Stage.NOON, 5, account);
  private final AtomicInteger endings = new AtomicInteger();

  private void settle(long amount) {
    if (ticket.settle(Stage.nanos(amount)) != Ending.NONE) {
      endings.getAndIncrement();
    }
  }

  @Actor
  public void first() {
    settle(3);
  }

  @Actor
  public void second() {
    settle(4);
  }

  @Arbiter
  public void look(IJJ_Result r) {
    Balance balance = stage.balance(account, Stage.NOON);
    r.r1 = endings.get();
    r.r2 = balance.settled();
    r.r3 = balance.held();
  }
}
