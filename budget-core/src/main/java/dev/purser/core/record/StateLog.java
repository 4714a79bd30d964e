package dev.purser.core.record;

import dev.purser.api.Budget;
import dev.purser.api.ControlRecord;
import dev.purser.api.VirtualKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a restart finds what is in force besides what the accounts hold. Safe for use by several threads.
 * No method throws: what cannot be written now is written as soon as anything can.
 */
public interface StateLog {

  /** Keeps nothing. */
  StateLog NONE = new StateLog() {};

  /**
   * Keeps what somebody did; returns when it is written, or known to come late.
   *
   * @param key the key as it is now, where the record is of one
   */
  default void control(ControlRecord record, @Nullable VirtualKey key) {}

  /**
   * Keeps that an alert was told, has arrived, or is over.
   *
   * @param line the alert as it is now
   */
  default void alert(AlertLine line) {}

  /** Keeps what a key did on a day, in place of what was kept of it. */
  default void day(DayLine line) {}

  /** Keeps which budgets are in force. */
  default void budgets(List<Budget> budgets) {}
}
