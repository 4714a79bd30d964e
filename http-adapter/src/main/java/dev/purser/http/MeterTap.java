package dev.purser.http;

import dev.purser.api.AbandonReason;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import org.jspecify.annotations.Nullable;

/**
 * Shows an answer to its meter on the way to the caller, and ends the call by what the meter reads.
 * For one thread at a time.
 *
 * <p>A meter that hides nothing gets to see the bytes but has no hand in what the caller gets. One
 * that hides an event decides, chunk by chunk, what is handed on; what it holds back is kept here as
 * well, so that a fault in it costs the caller no byte.
 */
public final class MeterTap {

  private static final Meter.Output DISCARD = (bytes, offset, length) -> {};

  private final Meter meter;
  private final boolean hides;
  private final OpenCall call;
  private final FaultBarrier faults;
  private final Meter.Output ready;
  private final HeldBytes heldBack = new HeldBytes();
  private boolean faulty;

  /**
   * Makes a tap.
   *
   * @param ready where the caller's bytes go
   */
  MeterTap(Meter meter, boolean hides, OpenCall call, FaultBarrier faults, Meter.Output ready) {
    this.meter = meter;
    this.hides = hides;
    this.call = call;
    this.faults = faults;
    this.ready = ready;
  }

  /**
   * Returns a tap for an answer; null if its meter cannot be had, and then the call has been charged.
   *
   * @param usageAsked whether we asked for an event that the caller did not
   * @param ready where the caller's bytes go
   */
  public static @Nullable MeterTap of(
      WireCall wire,
      WireCall.AnswerHead head,
      boolean usageAsked,
      OpenCall call,
      FaultBarrier faults,
      Meter.Output ready) {
    // An event inside compressed bytes cannot be cut out.
    boolean hides = usageAsked && head.contentEncoding() == null;
    Meter meter = faults.ask("the meter", () -> wire.meter(head, hides));
    if (meter == null) {
      call.abandon(AbandonReason.MALFORMED_ANSWER);
      return null;
    }
    return new MeterTap(meter, hides, call, faults, ready);
  }

  /** Whether the caller may get fewer bytes than the network brought. */
  public boolean hides() {
    return hides;
  }

  /** Takes the next bytes of the answer. */
  public void feed(byte[] bytes, int offset, int length) {
    if (faulty || (!hides && call.ended())) {
      ready.write(bytes, offset, length);
      return;
    }
    if (hides) {
      heldBack.add(bytes, offset, length);
    }
    contain(() -> show(bytes, offset, length));
    if (!hides) {
      ready.write(bytes, offset, length);
    }
  }

  private void show(byte[] bytes, int offset, int length) {
    meter.accept(bytes, offset, length, output());
    Meter.Reading reading = meter.reading();
    if (reading.finished()) {
      call.end(reading, AbandonReason.NO_USAGE);
    }
  }

  /** Takes the regular end of the answer. */
  public void end() {
    if (!faulty) {
      contain(() -> {
        meter.end(output());
        call.end(meter.reading(), AbandonReason.NO_USAGE);
      });
    }
  }

  /** Takes the failure of the network: the caller still gets what came before it. */
  public void fail() {
    if (!faulty) {
      contain(() -> {
        call.end(meter.reading(), AbandonReason.CALL_FAILED);
        meter.end(output());
      });
    }
  }

  /** Takes the caller's loss of interest. */
  public void close() {
    if (!faulty) {
      contain(() -> call.end(meter.reading(), AbandonReason.CLOSED_EARLY));
    }
  }

  private void contain(Runnable work) {
    if (!faults.run("the meter", work)) {
      faulty = true;
      call.abandon(AbandonReason.MALFORMED_ANSWER);
      heldBack.drainTo(ready);
    }
  }

  private Meter.Output output() {
    return hides ? this::handOn : DISCARD;
  }

  private void handOn(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    // What stands before these bytes was meant to stay hidden.
    if (!heldBack.dropThrough(bytes, offset, length)) {
      throw new IllegalStateException("the meter handed on what it was not given");
    }
    ready.write(bytes, offset, length);
  }
}
