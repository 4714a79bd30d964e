package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two calls that do not fit together: one account admits exactly one of them. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "second")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "overspent")
@Outcome(expect = FORBIDDEN, desc = "refused for nothing")
@State
public class WindowOverspent {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));

  @Actor
  public void first(II_Result r) {
    r.r1 = stage.tried(Stage.NOON, 6, account);
  }

  @Actor
  public void second(II_Result r) {
    r.r2 = stage.tried(Stage.NOON, 6, account);
  }
}
