package dev.purser.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant that was made, with what it came to.
 *
 * @param id what it is ended by; unique among all guards
 * @param budget the budget's name
 * @param scope the account within the budget, such as {@code key=alice}; empty if it has only one
 * @param measure what the budget counts
 * @param amount by how much the account's limit is raised, in nano-dollars, tokens, requests or calls
 * @param until the first instant at which it is over, or null if it lasts until somebody ends it
 * @param by who granted it
 * @param why for what reason
 * @param at when
 */
public record GrantInForce(
    String id,
    String budget,
    String scope,
    Measure measure,
    long amount,
    @Nullable Instant until,
    String by,
    String why,
    Instant at) {

  /** Returns this grant, to the same account under another name of its budget. */
  public GrantInForce withBudget(String name) {
    return new GrantInForce(id, name, scope, measure, amount, until, by, why, at);
  }

  /** Whether its time is over. */
  public boolean isOver(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
