package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/** Two calls name two accounts in opposite orders: one of them holds both, the other nothing. */
@JCStressTest
@Outcome(id = "0, 1, 6, 6", expect = ACCEPTABLE, desc = "first")
@Outcome(id = "1, 0, 6, 6", expect = ACCEPTABLE, desc = "second")
@Outcome(id = "0, 0, .*, .*", expect = FORBIDDEN, desc = "overspent")
@Outcome(expect = FORBIDDEN, desc = "held by nobody, or refused both")
@State
public class BothOrdersOverspent {

  private final Stage stage = new Stage();
  private final Account one = stage.open(Stage.daily("one", 10));
  private final Account two = stage.open(Stage.daily("two", 10));

  @Actor
  public void first(JJJJ_Result r) {
    r.r1 = stage.tried(Stage.NOON, 6, one, two);
  }

  @Actor
  public void second(JJJJ_Result r) {
    r.r2 = stage.tried(Stage.NOON, 6, two, one);
  }

  @Arbiter
  public void look(JJJJ_Result r) {
    r.r3 = stage.balance(one, Stage.NOON).held();
    r.r4 = stage.balance(two, Stage.NOON).held();
  }
}
