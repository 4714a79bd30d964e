package dev.purser.core.budget;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How fast accounts are spent: what was charged since the start of the quarter of an hour in which it
 * was an hour ago, so in the last 60 to 75 minutes, as an amount per hour. Where less is known, over
 * the time that is known, but a minute at least. Immutable.
 *
 * <p><b>Unit:</b> that of the budget's measure, per hour.
 */
public final class BurnRates {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final BigInteger HOUR_NANOS = BigInteger.valueOf(HOUR.toNanos());
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Map<String, Map<String, Long>> charged;
  private final BigInteger coveredNanos;

  private BurnRates(Map<String, Map<String, Long>> charged, Duration covered) {
    this.charged = charged;
    coveredNanos = BigInteger.valueOf(covered.toNanos());
  }

  /**
   * Returns the rates at an instant.
   *
   * @param lineage the session of a call and all above it
   * @param since when charges began to be known
   */
  static BurnRates of(
      SpendHistory history,
      List<Budget> budgets,
      Function<Attribution, List<String>> lineage,
      Instant now,
      Instant since) {
    long from = SpendHistory.quarterOf(now.minus(HOUR));
    Map<String, Map<String, Long>> charged = new HashMap<>();
    for (SpendHistory.Fact fact : history.since(from)) {
      List<String> sessions = lineage.apply(fact.who());
      for (Budget budget : budgets) {
        if (budget.measure() != Measure.CONCURRENT_CALLS) {
          long amount = fact.charged().of(budget.measure());
          for (String scope : Scopes.of(budget, fact.who(), fact.model(), sessions)) {
            charged
                .computeIfAbsent(budget.name(), name -> new HashMap<>())
                .merge(scope, amount, Tally::sum);
          }
        }
      }
    }
    Instant start = Instant.ofEpochSecond(from);
    Duration covered = Duration.between(since.isAfter(start) ? since : start, now);
    return new BurnRates(charged, covered.compareTo(SHORTEST) < 0 ? SHORTEST : covered);
  }

  /** Returns the rate of one account, rounded down. */
  public long perHour(String budget, String scope) {
    return rate(charged.getOrDefault(budget, Map.of()).getOrDefault(scope, 0L));
  }

  /** Returns the rate of all accounts of a budget but some: of those that share one. */
  public long perHourOfOthers(String budget, Set<String> scopes) {
    long sum = 0;
    for (Map.Entry<String, Long> each : charged.getOrDefault(budget, Map.of()).entrySet()) {
      sum = scopes.contains(each.getKey()) ? sum : Tally.sum(sum, each.getValue());
    }
    return rate(sum);
  }

  private long rate(long amount) {
    // Below zero where an earlier charge was corrected: less was spent than what is known of.
    return amount <= 0
        ? 0
        : BigInteger.valueOf(amount)
            .multiply(HOUR_NANOS)
            .divide(coveredNanos)
            .min(MOST)
            .longValueExact();
  }
}
