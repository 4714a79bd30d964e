package dev.purser.junit;

import dev.purser.api.Ceiling;
import dev.purser.api.CeilingLimit;
import dev.purser.api.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How a ceiling was exceeded.
 *
 * @param exceeded the ceiling
 * @param first the first call that was refused because of it, or null if a bill was higher than its hold
 */
record Overrun(Ceiling exceeded, Ceiling.@Nullable Refused first) {

  /**
   * Returns how a ceiling was exceeded by calls inside {@code spending}, or null if none was: one that is only
   * held for a while, by calls at the same time, is not.
   */
  static @Nullable Overrun by(Ceiling spending) {
    for (Ceiling.Refused call : spending.refused()) {
      if (call.by() != null && call.refusal().reason() == Refusal.Reason.EXHAUSTED) {
        return new Overrun(call.by(), call);
      }
    }
    return byBills(spending);
  }

  /** Returns how this one, and none inside of it, was exceeded, or null. */
  static @Nullable Overrun of(Ceiling ceiling) {
    return ceiling.refused().stream()
        .filter(call -> call.by() == ceiling)
        .filter(call -> call.refusal().reason() == Refusal.Reason.EXHAUSTED)
        .findFirst()
        .map(call -> new Overrun(ceiling, call))
        .orElseGet(() -> byBills(ceiling));
  }

  /** Returns how a ceiling was exceeded by bills that were higher than what was held for them, or null. */
  static @Nullable Overrun byBills(Ceiling ceiling) {
    return ceiling.limits().stream().anyMatch(Overrun::isOver) ? new Overrun(ceiling, null) : null;
  }

  private static boolean isOver(CeilingLimit limit) {
    return limit.settled() > limit.budget().limit();
  }

  String message() {
    StringBuilder message = new StringBuilder(budget());
    message.append(first == null ? " was exceeded: " : " would have been exceeded: ");
    message.append(Spending.of(exceeded).sentence());
    if (first != null) {
      message.append(", and ").append(first.model()).append(" was refused: ");
      message.append(need(first.refusal()));
    }
    return message.append(Spending.of(exceeded).details()).toString();
  }

  /** The name and the amount, with a capital letter. */
  private String budget() {
    CeilingLimit limit = first == null
        ? exceeded.limits().stream().filter(Overrun::isOver).findFirst().orElseThrow()
        : exceeded.limits().stream()
            .filter(each -> each.budget().measure() == first.refusal().measure())
            .findFirst()
            .orElseThrow();
    String name = limit.budget().name();
    return "The " + name + ", " + limit.budget().amount(limit.budget().limit()) + ",";
  }

  private static String need(Refusal refusal) {
    return "it needs up to "
        + refusal.measure().amount(refusal.requested())
        + " where "
        + refusal.measure().amount(refusal.limit() - refusal.settled())
        + " is left";
  }
}
