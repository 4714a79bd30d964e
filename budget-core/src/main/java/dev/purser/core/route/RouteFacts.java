package dev.purser.core.route;

import dev.purser.api.ModelId;
import org.jspecify.annotations.Nullable;

/** What a route depends on besides the call; asked only for what is needed, and for models one by one. */
public interface RouteFacts {

  /** A share of a limit. */
  record Use(String budget, long percent) {}

  /** Whether the call's key may call the model. */
  boolean allows(ModelId model);

  /**
   * Returns how much is spent, rounded down, of the budget that covers a call of the model and is spent
   * most; what is only held does not count. Null if none covers it.
   *
   * @param budget the only one that counts, or null for all
   */
  @Nullable Use use(ModelId model, @Nullable String budget);

  /** Returns the first budget that asks for other models by now, and for which; null if none does. */
  @Nullable Wanted downgrade(ModelId model);

  /** What a budget asks for. */
  record Wanted(Use use, String taskClass) {}

  /** Whether prompt and answer fit into what the model can read and write. */
  boolean fits(ModelId model);

  /** Returns what the call would cost at most, in nano-dollars. */
  long worstCaseNanoUsd(ModelId model);
}
