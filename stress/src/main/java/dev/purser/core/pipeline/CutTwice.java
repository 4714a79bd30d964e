package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two freezes cut one call: once. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "cut")
@Outcome(expect = FORBIDDEN, desc = "not cut, or twice")
@State
public class CutTwice {

  private final AtomicInteger cuts = new AtomicInteger();
  private final StartingCall starting = new StartingCall();

  public CutTwice() {
    var unused = starting.call.onCut(denial -> cuts.getAndIncrement());
  }

  @Actor
  public void freeze() {
    starting.cut();
  }

  @Actor
  public void freezeToo() {
    starting.cut();
  }

  @Arbiter
  public void look(I_Result r) {
    r.r1 = cuts.get();
  }
}
