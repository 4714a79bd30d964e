package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call is registered and looks for a freeze, while one comes and looks for calls: one sees the other. */
@JCStressTest
@Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "the call saw the freeze")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the freeze saw the call")
@Outcome(expect = FORBIDDEN, desc = "started after the freeze returned")
@State
public class FreezeMissedCall {

  private final StartingCall starting = new StartingCall();

  @Actor
  public void start(ZZ_Result r) {
    starting.open.add(starting.call);
    r.r1 = starting.frozen();
  }

  @Actor
  public void freeze() {
    starting.freeze();
  }

  @Arbiter
  public void look(ZZ_Result r) {
    r.r2 = starting.call.onCut(denial -> {}).isPresent();
  }
}
