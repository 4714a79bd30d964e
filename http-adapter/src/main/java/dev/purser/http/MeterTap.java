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
  private final boolean billed;
  private final OpenCall call;
  private final FaultBarrier faults;
  private final Meter.Output ready;
  private final HeldBytes heldBack = new HeldBytes();
  private boolean faulty;
  private boolean begun;

  /**
   * Makes a tap.
   *
   * @param billed whether the answer may cost something
   * @param ready where the caller's bytes go
   */
  MeterTap(
      Meter meter,
      boolean hides,
      boolean billed,
      OpenCall call,
      FaultBarrier faults,
      Meter.Output ready) {
    this.meter = meter;
    this.hides = hides;
    this.billed = billed;
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
    int wanted = call.wantedContent();
    // What a stream writes of several answers by turns, nobody could look through for secrets.
    if (wanted > 0 && !(wire.stream() && wire.choices() > 1)) {
      faults.run("the meter", () -> meter.remarks().keepText(wanted));
    }
    return new MeterTap(meter, hides, true, call, faults, ready);
  }

  /**
   * Returns a tap for an answer that costs nothing, because its status says that the call failed; null if
   * its meter cannot be had, and then the call has been released.
   *
   * @param ready where the caller's bytes go
   */
  public static @Nullable MeterTap unbilled(
      WireCall wire,
      WireCall.AnswerHead head,
      OpenCall call,
      FaultBarrier faults,
      Meter.Output ready) {
    Meter meter = faults.ask("the meter", () -> wire.meter(head, false));
    if (meter == null) {
      call.release();
      return null;
    }
    return new MeterTap(meter, false, false, call, faults, ready);
  }

  /** Whether the caller may get fewer bytes than the network brought. */
  public boolean hides() {
    return hides;
  }

  /** Takes the next bytes of the answer. */
  public void feed(byte[] bytes, int offset, int length) {
    if (!begun && length > 0) {
      begun = true;
      call.chunk();
    }
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
    if (!meter.news()) {
      return;
    }
    if (billed ? meter.reading().finished() : meter.remarks().errorType() != null) {
      conclude(AbandonReason.NO_USAGE);
    }
  }

  /** Ends the call by what was read until now, and before it tells what else that says. */
  private void conclude(AbandonReason otherwise) {
    if (!call.ended()) {
      faults.run("the remarks", () -> call.said(meter.remarks()));
      if (billed) {
        call.end(meter.reading(), otherwise);
      } else {
        call.release();
      }
    }
  }

  /** Takes the regular end of the answer. */
  public void end() {
    if (!faulty) {
      contain(() -> {
        meter.end(output());
        conclude(AbandonReason.NO_USAGE);
      });
    }
  }

  /** Takes the failure of the network: the caller still gets what came before it. */
  public void fail(Throwable failure) {
    call.failed(failure);
    if (!faulty) {
      contain(() -> {
        conclude(AbandonReason.CALL_FAILED);
        meter.end(output());
      });
    }
  }

  /** Takes the caller's loss of interest. */
  public void close() {
    if (!faulty) {
      contain(() -> conclude(AbandonReason.CLOSED_EARLY));
    }
  }

  private void contain(Runnable work) {
    if (!faults.run("the meter", work)) {
      faulty = true;
      if (billed) {
        call.abandon(AbandonReason.MALFORMED_ANSWER);
      } else {
        call.release();
      }
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
