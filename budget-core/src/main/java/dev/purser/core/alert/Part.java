package dev.purser.core.alert;

import dev.purser.api.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of what was spent.
 *
 * @param since from when on; what was spent before is left out
 * @param budget of an account of this budget, with this scope; or null
 * @param scope the account's
 * @param key of this key, or null
 * @param session of this session and its parts, or null
 */
public record Part(
    Instant since,
    @Nullable Budget budget,
    String scope,
    @Nullable String key,
    @Nullable String session) {

  private static final Duration LONGEST = Duration.ofDays(31);

  /** What an account counts in its window; of a long one, the last month. */
  static Part ofAccount(Budget budget, String scope, Instant now) {
    ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
    Instant start = budget.window().startOf(now, zone);
    Instant month = now.minus(LONGEST);
    return new Part(start.isAfter(month) ? start : month, budget, scope, null, null);
  }

  static Part ofKey(String key, Instant since) {
    return new Part(since, null, "", key, null);
  }

  static Part ofSession(String session, Instant since) {
    return new Part(since, null, "", null, session);
  }
}
