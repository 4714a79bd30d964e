package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A new window that sets the old counter back to zero, instead of taking a new one. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE_INTERESTING, desc = "overspent")
@Outcome(expect = ACCEPTABLE, desc = "one of them")
@State
public class ResetInPlaceModel {

  private final AtomicLong used = new AtomicLong(10);
  private volatile int day;

  private boolean reserve() {
    if (day == 0) {
      used.set(0);
      day = 1;
    }
    return used.addAndGet(6) <= 10;
  }

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = reserve();
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = reserve();
  }
}
