package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** A ticket that looks whether it is open before it ends. */
@JCStressTest
@Outcome(id = "7", expect = ACCEPTABLE_INTERESTING, desc = "settled twice")
@Outcome(expect = ACCEPTABLE, desc = "once")
@State
public class ReadThenEndModel {

  private final AtomicLong settled = new AtomicLong();
  private volatile boolean open = true;

  private void settle(long amount) {
    if (open) {
      open = false;
      settled.getAndAdd(amount);
    }
  }

  @Actor
  public void first() {
    settle(3);
  }

  @Actor
  public void second() {
    settle(4);
  }

  @Arbiter
  public void look(J_Result r) {
    r.r1 = settled.get();
  }
}
