package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a call: price with the quote of its admission, settle, emit. Which ending counts is
 * decided by the ticket; this class only tells of it.
 */
final class CallReservation implements Reservation {

  private final Call call;
  private final Usage bound;
  private final Amounts held;
  private final Ticket ticket;
  private final Recorder recorder;
  private final Notices notices;

  CallReservation(
      Call call, Usage bound, Amounts held, Ticket ticket, Recorder recorder, Notices notices) {
    this.call = call;
    this.bound = bound;
    this.held = held;
    this.ticket = ticket;
    this.recorder = recorder;
    this.notices = notices;
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public Usd reserved() {
    return Usd.ofNanos(held.nanoUsd());
  }

  @Override
  public boolean settle(Settlement settlement) {
    try {
      long cost = cost(settlement);
      Amounts charge = new Amounts(cost, settlement.usage().totalTokens(), held.requests());
      Ticket.Ending ending = ticket.settle(charge);
      switch (ending) {
        case ENDED -> recorder.settled(call, settlement, held.nanoUsd(), cost);
        case CORRECTED -> recorder.corrected(call, settlement, held.nanoUsd(), cost);
        case NONE -> {}
      }
      return ending != Ticket.Ending.NONE;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Whoever settles has an answer to deliver. A price that cannot be computed is the worst
      // case.
      notices.fault("settlement", e);
      return abandon(AbandonReason.NOT_SETTLED);
    }
  }

  private long cost(Settlement settlement) {
    String stated = settlement.serviceTier();
    if (stated != null && !stated.equals("auto")) {
      return cost(settlement, stated);
    }
    // The answer does not say whether it was served on the tier asked for or on the standard one.
    return Math.max(cost(settlement, null), cost(settlement, call.serviceTier()));
  }

  private long cost(Settlement settlement, @Nullable String tier) {
    return call.quote().costNanoUsd(settlement.usage(), settlement.answeredBy(), tier);
  }

  @Override
  public boolean release() {
    Ticket.Ending ending = ticket.release();
    if (ending != Ticket.Ending.NONE) {
      recorder.released(call, held.nanoUsd(), ending == Ticket.Ending.CORRECTED);
    }
    return ending != Ticket.Ending.NONE;
  }

  @Override
  public boolean abandon(AbandonReason reason) {
    boolean charged = ticket.abandon();
    if (charged) {
      recorder.abandoned(call, bound, held.nanoUsd(), reason);
    }
    return charged;
  }

  /** Renders the id and what is held. */
  @Override
  public String toString() {
    return "Reservation " + call.id() + " of $" + reserved();
  }
}
