package dev.purser.core.record;

import dev.purser.api.Budget;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes which budgets are in force, so that a reader knows against what the calls after it counted. */
public final class BudgetsLine {

  private BudgetsLine() {}

  /** Writes the line and leaves it open. */
  public static JsonLine of(JsonLine line, List<Budget> budgets, Instant now) {
    RecordLine.begin(line, "config", now).list(Field.BUDGETS);
    for (Budget budget : budgets) {
      line.object()
          .text(Field.NAME, budget.name())
          .text(Field.OWNER, budget.owner())
          .text(Field.MEASURE, budget.measure().name().toLowerCase(Locale.ROOT))
          .number(Field.LIMIT, budget.limit())
          .text(Field.WINDOW, budget.window().toString())
          .text(Field.ZONE, budget.zone() == null ? null : budget.zone().getId())
          .texts(Field.PER, budget.dimensions().stream().map(Object::toString).toList())
          .text(Field.ENFORCEMENT, budget.enforcement().name().toLowerCase(Locale.ROOT))
          .endObject();
    }
    return line.endList();
  }
}
