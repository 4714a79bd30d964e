package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A rolling window that sums its buckets, then adds to one of them. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE_INTERESTING, desc = "overspent")
@Outcome(expect = ACCEPTABLE, desc = "one of them")
@State
public class SumThenAddModel {

  private final AtomicLongArray buckets = new AtomicLongArray(2);

  private boolean reserve(int bucket) {
    if (buckets.get(0) + buckets.get(1) + 6 > 10) {
      return false;
    }
    buckets.addAndGet(bucket, 6);
    return true;
  }

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = reserve(0);
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = reserve(1);
  }
}
