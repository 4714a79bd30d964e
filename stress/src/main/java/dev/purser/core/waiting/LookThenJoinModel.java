package dev.purser.core.waiting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call that looks before it lines up, and not again. */
@JCStressTest
@Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "lost wake-up")
@Outcome(expect = ACCEPTABLE, desc = "saw the room or was called")
@State
public class LookThenJoinModel {

  private final Line line = new Line();
  private volatile boolean given;

  @Actor
  public void await(ZZ_Result r) {
    r.r1 = given;
    line.room.join(line.account, line.waiter, false);
  }

  @Actor
  public void giveBack() {
    given = true;
    line.room.room(line.account);
  }

  @Arbiter
  public void look(ZZ_Result r) {
    r.r2 = line.waiter.called();
  }
}
