package dev.purser.core.budget;

import dev.purser.api.Budget;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what was spent.
 *
 * @param since from when on, to the quarter of an hour
 * @param budget of an account of this budget, with this scope; or null
 * @param scope the account's
 * @param key of this key, or null
 * @param session of this session and its parts, or null
 */
public record SpendFilter(
    Instant since,
    @Nullable Budget budget,
    String scope,
    @Nullable String key,
    @Nullable String session) {

  boolean takes(SpendHistory.Fact fact, List<String> lineage) {
    return (key == null || key.equals(fact.who().key()))
        && (session == null || lineage.contains(session))
        && (budget == null
            || Scopes.of(budget, fact.who(), fact.model(), lineage).contains(scope));
  }
}
