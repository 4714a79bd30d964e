package dev.purser.core.waiting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The head of a line gives up as room comes: the call behind it is called after the room came. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "the next one is the head and was called")
@Outcome(expect = FORBIDDEN, desc = "lost wake-up")
@State
public class LeavingHead {

  private final Line line = new Line();
  private final Waiter head = new Waiter();

  public LeavingHead() {
    line.room.join(line.account, head, false);
    line.room.join(line.account, line.waiter, false);
  }

  @Actor
  public void giveUp() {
    line.room.leave(line.account, head);
  }

  @Actor
  public void giveBack() {
    line.room.room(line.account);
  }

  @Arbiter
  public void look(ZZ_Result r) {
    r.r1 = line.room.isHead(line.account, line.waiter);
    r.r2 = line.waiter.called();
  }
}
