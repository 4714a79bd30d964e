package dev.purser.core.alert;

import dev.purser.api.Alert;

/** Where rules leave what they saw; completes it and tells it, on a thread of its own. */
@FunctionalInterface
public interface Desk {

  /**
   * Takes an alert; returns at once.
   *
   * @param part of whose spend the dearest sessions and models are to be named
   */
  void tell(Alert alert, Part part);
}
