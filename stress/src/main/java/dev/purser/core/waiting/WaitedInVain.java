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
import org.openjdk.jcstress.infra.results.Z_Result;

/** A call waits for the only slot as the call that has it ends. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "admitted")
@Outcome(expect = FORBIDDEN, desc = "lost wake-up: waited until its time was up")
@State
public class WaitedInVain {

  /** Far more than a call that is woken can need. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Line line = new Line();
  private final AtomicInteger slot = new AtomicInteger(1);

  @Actor
  public void await(Z_Result r) {
    r.r1 = new Wait<>(
            line.room,
            InstantSource.system(),
            System::nanoTime,
            PATIENCE,
            this::attempt,
            account -> false)
        .await(null);
  }

  private Wait.Try<Boolean> attempt() {
    boolean admitted = slot.compareAndSet(0, 1);
    return new Wait.Try<>(admitted, admitted ? null : line.account, Instant.MAX);
  }

  @Actor
  public void giveBack() {
    slot.set(0);
    line.room.room(line.account);
  }
}
