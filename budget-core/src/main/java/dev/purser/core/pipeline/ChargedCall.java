package dev.purser.core.pipeline;

import dev.purser.api.AbandonedCall;
import dev.purser.api.Attribution;
import dev.purser.api.Denial;

/** A call that was charged its reserved amount, and that nobody has settled since. */
interface ChargedCall {

  String id();

  /** Whether it was settled or released since. */
  boolean finished();

  /** Returns what there is to know of it. */
  AbandonedCall facts();

  /** Takes the charge back; false if the call is not charged so, or not any more. */
  boolean writeOff();

  /** Returns whom it counts for. */
  Attribution attribution();

  /** Cuts it, if it still goes on. */
  void cut(Denial denial);
}
