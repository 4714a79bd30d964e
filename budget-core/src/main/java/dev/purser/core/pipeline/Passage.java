package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.Usd;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A request under way that nothing is held for, and that a freeze cuts all the same. */
final class Passage implements Reservation {

  private final String id;
  private final Attribution who;
  private final OpenPassages open;
  private final Cut cut = new Cut();
  private final AtomicBoolean ended = new AtomicBoolean();

  Passage(String id, Attribution who, OpenPassages open) {
    this.id = id;
    this.who = who;
    this.open = open;
  }

  Attribution attribution() {
    return who;
  }

  void cut(Denial denial, Notices notices) {
    cut.with(denial, notices);
  }

  @Override
  public Optional<Denial> onCut(Consumer<Denial> how) {
    return cut.by(how);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Usd reserved() {
    return Usd.ZERO;
  }

  /** Ends it; what it used is not counted. */
  @Override
  public boolean settle(Settlement settlement) {
    return release();
  }

  @Override
  public boolean release() {
    open.remove(this);
    return ended.compareAndSet(false, true);
  }

  @Override
  public boolean abandon(AbandonReason reason) {
    return release();
  }
}
