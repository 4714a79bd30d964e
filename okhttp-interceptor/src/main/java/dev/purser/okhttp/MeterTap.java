package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.wire.Meter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;
import okio.ByteString;

/**
 * Shows an answer to its meter on the way to the caller, and ends the call by what the meter reads.
 * For one thread at a time.
 *
 * <p>A meter that hides nothing gets to see the bytes but has no hand in what the caller gets. One
 * that hides an event decides, chunk by chunk, what is handed on; what it holds back is kept here as
 * well, so that a fault in it costs the caller no byte.
 */
final class MeterTap {

  private static final Meter.Output DISCARD = (bytes, offset, length) -> {};

  private final Meter meter;
  private final boolean hides;
  private final OpenCall call;
  private final FaultBarrier faults;
  private final Buffer ready;
  private final Buffer heldBack = new Buffer();
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private boolean faulty;

  /**
   * Makes a tap.
   *
   * @param ready where the caller's bytes go
   */
  MeterTap(Meter meter, boolean hides, OpenCall call, FaultBarrier faults, Buffer ready) {
    this.meter = meter;
    this.hides = hides;
    this.call = call;
    this.faults = faults;
    this.ready = ready;
  }

  /** Takes all of a chunk. */
  void feed(Buffer chunk) {
    if (faulty || (!hides && call.ended())) {
      ready.write(chunk, chunk.size());
      return;
    }
    if (hides) {
      chunk.copyTo(heldBack, 0, chunk.size()); // shares the segments
    }
    contain(() -> show(chunk));
    if (hides) {
      chunk.clear();
    } else {
      ready.write(chunk, chunk.size());
    }
  }

  private void show(Buffer chunk) {
    chunk.readUnsafe(cursor);
    try {
      while (cursor.next() != -1) {
        byte[] segment = cursor.data;
        if (segment != null) {
          meter.accept(segment, cursor.start, cursor.end - cursor.start, output());
        }
      }
    } finally {
      cursor.close();
    }
    Meter.Reading reading = meter.reading();
    if (reading.finished()) {
      call.end(reading, AbandonReason.NO_USAGE);
    }
  }

  /** Takes the regular end of the answer. */
  void end() {
    if (!faulty) {
      contain(() -> {
        meter.end(output());
        call.end(meter.reading(), AbandonReason.NO_USAGE);
      });
    }
  }

  /** Takes the failure of the network: the caller still gets what came before it. */
  void fail() {
    if (!faulty) {
      contain(() -> {
        call.end(meter.reading(), AbandonReason.CALL_FAILED);
        meter.end(output());
      });
    }
  }

  /** Takes the caller's loss of interest. */
  void close() {
    if (!faulty) {
      contain(() -> call.end(meter.reading(), AbandonReason.CLOSED_EARLY));
    }
  }

  private void contain(Runnable work) {
    if (!faults.run("the meter", work)) {
      faulty = true;
      call.abandon(AbandonReason.MALFORMED_ANSWER);
      ready.write(heldBack, heldBack.size());
    }
  }

  private Meter.Output output() {
    return hides ? this::handOn : DISCARD;
  }

  private void handOn(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    try {
      // What stands before these bytes was meant to stay hidden.
      long at = heldBack.indexOf(ByteString.of(bytes, offset, length));
      if (at < 0) {
        throw new IllegalStateException("the meter handed on what it was not given");
      }
      heldBack.skip(at + length);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    ready.write(bytes, offset, length);
  }
}
