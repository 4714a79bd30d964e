package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call that looks for a freeze first, and is registered then. */
@JCStressTest
@Outcome(
    id = "false, false",
    expect = ACCEPTABLE_INTERESTING,
    desc = "started after the freeze returned")
@Outcome(expect = ACCEPTABLE, desc = "seen by the other")
@State
public class LookThenRegisterModel {

  private final StartingCall starting = new StartingCall();

  @Actor
  public void start(ZZ_Result r) {
    r.r1 = starting.frozen();
    starting.open.add(starting.call);
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
