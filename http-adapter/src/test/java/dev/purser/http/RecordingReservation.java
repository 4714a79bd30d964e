package dev.purser.http;

import dev.purser.api.AbandonReason;
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
