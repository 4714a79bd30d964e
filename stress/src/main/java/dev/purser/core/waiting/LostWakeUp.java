package dev.purser.core.waiting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A call lines up and looks once more, while another gives something back and looks for waiters: one
 * sees the other.
 */
@JCStressTest
@Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "saw the room")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "was called")
@Outcome(expect = FORBIDDEN, desc = "lost wake-up")
@State
public class LostWakeUp {

  private final Line line = new Line();
  private volatile boolean given;

  @Actor
  public void await(ZZ_Result r) {
    Waiter waiter = line.waiter;
    waiter.listen();
    line.room.join(line.account, waiter, false);
    r.r1 = line.room.isHead(line.account, waiter) && given;
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
