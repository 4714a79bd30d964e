package dev.purser.http;

import dev.purser.api.AbandonReason;
import dev.purser.api.CallTrace;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records every ending, even one too many. */
final class RecordingReservation implements Reservation {

  /** Settlements, reasons, and the word released; what was seen stands behind its reason. */
  final List<Object> endings = new CopyOnWriteArrayList<>();

  /** What the record is told, in order. */
  final List<String> told = new CopyOnWriteArrayList<>();

  /** How many characters of content are wanted. */
  int wanted;

  /** Whether the trace throws whatever it is told. */
  boolean broken;

  @Override
  public CallTrace trace() {
    return new CallTrace() {
      private void note(String what) {
        if (broken) {
          throw new IllegalStateException("broken");
        }
        told.add(what);
      }

      @Override
      public void status(int httpStatus) {
        note("status " + httpStatus);
      }

      @Override
      public void chunk() {
        note("chunk");
      }

      @Override
      public void finishReason(String reason) {
        note("finish " + reason);
      }

      @Override
      public void failed(String type) {
        note("failed " + type);
      }

      @Override
      public int wantedContent() {
        return wanted;
      }

      @Override
      public void prompt(CharSequence text) {
        note("prompt " + text);
      }

      @Override
      public void answer(CharSequence text) {
        note("answer " + text);
      }
    };
  }

  @Override
  public String id() {
    return "recorded";
  }

  @Override
  public Usd reserved() {
    return Usd.of("1");
  }

  @Override
  public boolean settle(Settlement settlement) {
    return endings.add(settlement);
  }

  @Override
  public boolean release() {
    return endings.add("released");
  }

  @Override
  public boolean abandon(AbandonReason reason) {
    return endings.add(reason);
  }

  @Override
  public boolean abandon(AbandonReason reason, SeenUsage seen) {
    return endings.add(reason) && endings.add(seen);
  }
}
