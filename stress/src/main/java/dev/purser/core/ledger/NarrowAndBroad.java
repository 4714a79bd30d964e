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

/**
 * A call on a narrow and a broad account, another on the broad one alone. Whoever is refused leaves
 * nothing behind. The narrow account is taken first, so it may be held for a moment by a call that
 * the broad one then refuses; here nobody else wants it.
 */
@JCStressTest
@Outcome(id = "0, 1, 6, 6", expect = ACCEPTABLE, desc = "both accounts")
@Outcome(id = "1, 0, 0, 6", expect = ACCEPTABLE, desc = "the broad account alone")
@Outcome(id = "0, 0, .*, .*", expect = FORBIDDEN, desc = "overspent")
@Outcome(expect = FORBIDDEN, desc = "stuck hold, or refused both")
@State
public class NarrowAndBroad {

  private final Stage stage = new Stage();
  private final Account narrow = stage.open(Stage.daily("narrow", 10));
  private final Account broad = stage.open(Stage.daily("broad", 10));

  @Actor
  public void both(JJJJ_Result r) {
    r.r1 = stage.tried(Stage.NOON, 6, narrow, broad);
  }

  @Actor
  public void alone(JJJJ_Result r) {
    r.r2 = stage.tried(Stage.NOON, 6, broad);
  }

  @Arbiter
  public void look(JJJJ_Result r) {
    r.r3 = stage.balance(narrow, Stage.NOON).held();
    r.r4 = stage.balance(broad, Stage.NOON).held();
  }
}
