package dev.purser.core.waiting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two calls wait for the same slot; who is admitted gives it back, for the other. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both were admitted, one after the other")
@Outcome(expect = FORBIDDEN, desc = "lost wake-up: waited until its time was up")
@State
public class WaitedForEachOther {

  /** Far more than a call that is woken can need. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Line line = new Line();
  private final AtomicInteger slot = new AtomicInteger();

  private boolean call() {
    boolean admitted = new Wait<>(
            line.room,
            InstantSource.system(),
            System::nanoTime,
            PATIENCE,
            this::attempt,
            account -> false)
        .await(null);
    slot.set(0);
    line.room.room(line.account);
    return admitted;
  }

  private Wait.Try<Boolean> attempt() {
    boolean admitted = slot.compareAndSet(0, 1);
    return new Wait.Try<>(admitted, admitted ? null : line.account, Instant.MAX);
  }

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = call();
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = call();
  }
}
