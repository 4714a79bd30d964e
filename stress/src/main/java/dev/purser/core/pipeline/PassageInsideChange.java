package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A passage sees all of a change or nothing of it, and a change nothing of a passage under way. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "passed before")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "passed after")
@Outcome(expect = FORBIDDEN, desc = "passed inside a change")
@State
public class PassageInsideChange {

  private final RevisionGate gate = new RevisionGate();
  // Plain on purpose: the gate must also publish what was changed.
  private int limit;
  private int settings;
  private int passages;

  @Actor
  public void pass(III_Result r) {
    int passage = gate.enter();
    r.r1 = limit;
    passages++;
    r.r2 = settings;
    gate.leave(passage);
  }

  @Actor
  public void change(III_Result r) {
    gate.change(() -> {
      limit = 1;
      r.r3 = passages;
      settings = 1;
    });
  }
}
