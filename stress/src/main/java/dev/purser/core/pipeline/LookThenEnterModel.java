package dev.purser.core.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A gate where who passes looks whether it is closed, then counts itself in. */
@JCStressTest
@Outcome(id = "0, 1|1, 0", expect = ACCEPTABLE_INTERESTING, desc = "passed inside a change")
@Outcome(expect = ACCEPTABLE, desc = "before or after")
@State
public class LookThenEnterModel {

  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean closed;
  private volatile int limit;
  private volatile int settings;

  @Actor
  public void pass(II_Result r) {
    while (closed) {
      Thread.onSpinWait();
    }
    inside.getAndIncrement();
    r.r1 = limit;
    r.r2 = settings;
    inside.getAndDecrement();
  }

  @Actor
  public void change() {
    closed = true;
    while (inside.get() != 0) {
      Thread.onSpinWait();
    }
    limit = 1;
    settings = 1;
    closed = false;
  }
}
