package dev.purser.core.waiting;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;

/** A waiting room, an account to wait at, and one that waits there. */
final class Line {

  private static final Budget BUDGET =
      Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL);

  private record Slots(Budget budget, String scope) implements Account {}

  final WaitingRoom room = new WaitingRoom();
  final Account account = new Slots(BUDGET, "");
  final Waiter waiter = new Waiter();
}
