package dev.purser.core.pipeline;

import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.Denial;
import dev.purser.api.Freeze;
import dev.purser.core.freeze.Freezes;
import dev.purser.core.waiting.WaitingRoom;
import java.time.Instant;
import java.util.List;

/** Stops calls and lets them go on. Safe for use by several threads. */
public final class Freezing {

  private final Freezes freezes;
  private final Access access;
  private final OpenPassages openPassages;
  private final Returning returning;
  private final WaitingRoom waitingRoom;

  Freezing(
      Freezes freezes,
      Access access,
      OpenPassages openPassages,
      Returning returning,
      WaitingRoom waitingRoom) {
    this.freezes = freezes;
    this.access = access;
    this.openPassages = openPassages;
    this.returning = returning;
    this.waitingRoom = waitingRoom;
  }

  /**
   * Stops calls: none that it names is admitted any more when this returns, those that are open are
   * cut, and those that wait are woken to be denied.
   *
   * @return false if what it names was frozen before, by a freeze that then stays
   */
  public boolean freeze(Freeze freeze) {
    boolean added = freezes.add(freeze);
    // After the freeze is up: a call that is registered later finds it when it looks. Also for one
    // that was up before: whoever put it up may still be cutting, and this must not return before.
    Instant now = returning.clock().instant();
    returning.openCalls().each(call -> cut(call, now));
    // Among them are those whose lease is over, and that may go on all the same.
    returning.abandoned().all().forEach(call -> cut(call, now));
    openPassages.each(passage -> {
      Denial denial = access.frozen(passage.attribution(), now);
      if (denial != null) {
        passage.cut(denial, returning.notices());
      }
    });
    waitingRoom.everybody();
    if (added) {
      record(Kind.FROZEN, freeze);
    }
    return added;
  }

  private void cut(ChargedCall call, Instant now) {
    Denial denial = access.frozen(call.attribution(), now);
    if (denial != null) {
      call.cut(denial);
    }
  }

  /**
   * Lets calls be made again.
   *
   * @param thaw what was frozen, and who says so and why
   * @return false if it was not frozen
   */
  public boolean unfreeze(Freeze thaw) {
    boolean removed = freezes.remove(thaw.target());
    if (removed) {
      record(Kind.UNFROZEN, thaw);
    }
    return removed;
  }

  private void record(Kind kind, Freeze freeze) {
    returning
        .recorder()
        .control(ControlRecord.of(
            kind, freeze.target().toString(), freeze.by(), freeze.why(), freeze.at()));
  }

  /** Returns the freezes that stand, the oldest first. */
  public List<Freeze> all() {
    return freezes.all();
  }
}
