package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A call says how it is cut while a freeze cuts it: it is told, or is cut. */
@JCStressTest
@Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "told, so it was not sent")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "cut")
@Outcome(expect = FORBIDDEN, desc = "goes on, or both")
@State
public class CutNeitherRunNorTold {

  private final StartingCall starting = new StartingCall();

  @Actor
  public void send(ZI_Result r) {
    r.r1 = starting.call.onCut(denial -> r.r2++).isPresent();
  }

  @Actor
  public void freeze() {
    starting.cut();
  }
}
