package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.wire.Meter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call until its reservation ends, at the first of the events that can end it. Safe for
 * use by several threads, because an answer may be closed by another thread than reads it.
 */
final class OpenCall {

  private final Reservation reservation;
  private final FaultBarrier faults;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Of the answer; plain, because an answer has one reader at a time. */
  private @Nullable Thread reader;

  OpenCall(Reservation reservation, FaultBarrier faults) {
    this.reservation = reservation;
    this.faults = faults;
  }

  boolean ended() {
    return ended.get();
  }

  /**
   * The answer goes to its caller unread. Which thread will read it shows only when it does; until
   * then it is nobody's, so that a dispatcher's next call is not taken for one made by the reader.
   */
  void handOver() {
    carriedBy(null);
  }

  /** Notes who reads the answer; costs a comparison where that is who read it before. */
  void readBy(Thread thread) {
    if (thread != reader) {
      carriedBy(thread);
    }
  }

  private void carriedBy(@Nullable Thread thread) {
    reader = thread;
    if (!ended()) {
      faults.run("the carrier", () -> reservation.carriedBy(thread));
    }
  }

  /** The provider does not bill the call. */
  void release() {
    if (ended.compareAndSet(false, true)) {
      faults.run("the release", reservation::release);
    }
  }

  /** The cost cannot be known. */
  void abandon(AbandonReason reason) {
    if (ended.compareAndSet(false, true)) {
      faults.run("the charge", () -> reservation.abandon(reason));
    }
  }

  /**
   * Charges what the answer says it cost.
   *
   * @param otherwise why the reserved amount is charged if the answer says neither its cost nor
   *     what is wrong with it
   */
  void end(Meter.Reading reading, AbandonReason otherwise) {
    Settlement settlement = reading.settlement();
    if (settlement == null) {
      AbandonReason trouble = reading.trouble();
      abandon(trouble == null ? otherwise : trouble);
    } else if (ended.compareAndSet(false, true)) {
      faults.run("the settlement", () -> reservation.settle(settlement));
    }
  }
}
