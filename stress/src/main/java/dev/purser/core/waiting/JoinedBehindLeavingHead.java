package dev.purser.core.waiting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call lines up behind one that leaves: it finds itself the head, or is called. */
@JCStressTest
@Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "is the head, and tries at once")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "was called when it became the head")
@Outcome(expect = FORBIDDEN, desc = "lost wake-up: the head of a line that nobody will call")
@State
public class JoinedBehindLeavingHead {

  private final Line line = new Line();
  private final Waiter head = new Waiter();

  public JoinedBehindLeavingHead() {
    line.room.join(line.account, head, false);
  }

  @Actor
  public void join(ZZ_Result r) {
    line.room.join(line.account, line.waiter, false);
    r.r1 = line.room.isHead(line.account, line.waiter);
  }

  @Actor
  public void leave() {
    line.room.leave(line.account, head);
  }

  @Arbiter
  public void look(ZZ_Result r) {
    r.r2 = line.waiter.called();
  }
}
