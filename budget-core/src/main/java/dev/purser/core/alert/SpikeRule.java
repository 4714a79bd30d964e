package dev.purser.core.alert;

import dev.purser.api.AlertRules;
import java.util.List;

/**
 * Says what is a spike for a key. A notice: more than three times the mean of its last seven active days
 * and ten dollars above it. A page: besides, farther above the median of like days than its days stray
 * from it, on a logarithmic scale, or more than ten times the mean.
 *
 * <p>How far days stray is their mean absolute deviation from the median, and not the median one, which
 * with some twenty days is itself too uncertain; it is drawn towards {@link #PRIOR_SIGMA} as if by eight
 * more days. Both were scored against the alternatives, on the data of {@code SpikeScoresTest}. Immutable.
 */
final class SpikeRule {

  private static final int MEAN_OF = 7;
  private static final int MEAN_WITHIN = 28;
  private static final int LEAST_FOR_MEAN = 5;
  private static final int LEAST_FOR_SCORE = 8;

  /** Above which mean somebody is paged whatever the score. */
  private static final int PAGE_TIMES_MEAN = 10;

  private static final double LEAST_SIGMA = 0.25;
  private static final double PRIOR_SIGMA = 0.6;
  private static final int PRIOR_DAYS = 8;

  /** The standard deviation of a normal distribution over its mean absolute deviation, √(π/2). */
  private static final double SIGMA_OF_DEVIATION = Math.sqrt(Math.PI / 2);

  private final AlertRules rules;

  SpikeRule(AlertRules rules) {
    this.rules = rules;
  }

  /**
   * Returns what a key may spend on a day.
   *
   * @param teamUsual what the median key of its team spends on a day, in nano-dollars; zero if nobody knows
   */
  SpikeLimits limits(DailyHistory history, long epochDay, long teamUsual) {
    List<DayTotal> last = history.between(epochDay - MEAN_WITHIN, epochDay);
    if (last.size() < LEAST_FOR_MEAN) {
      return ofNewKey(teamUsual);
    }
    List<DayTotal> used = last.subList(0, Math.min(MEAN_OF, last.size()));
    long sum = used.stream().mapToLong(DayTotal::nanoUsd).sum();
    long mean = sum / used.size();
    if (mean == 0) {
      return ofNewKey(teamUsual);
    }
    long notice = above(sum, used.size());
    List<DayTotal> alike = history.before(epochDay, DayTotal.isWeekend(epochDay));
    long much = times(mean, PAGE_TIMES_MEAN);
    long page = alike.size() < LEAST_FOR_SCORE ? much : Math.min(much, scored(alike));
    return new SpikeLimits(notice, Math.max(notice, page), mean, false);
  }

  private SpikeLimits ofNewKey(long teamUsual) {
    long notice = teamUsual > 0 ? above(teamUsual, 1) : rules.newKeyDay().nanos();
    return new SpikeLimits(notice, Long.MAX_VALUE, teamUsual, true);
  }

  /** Three times the mean, and ten dollars more; the one fires at more, the other at as much. */
  private long above(long sum, int days) {
    // Rounded down: an amount is more than a fraction if it is more than what is left of that.
    long excess = sum / days + rules.spikeLeastExcess().nanos() - 1;
    return Math.max(
        times(sum, rules.spikeTimesMean()) / days, excess < 0 ? Long.MAX_VALUE : excess);
  }

  private static long times(long amount, int times) {
    return amount > Long.MAX_VALUE / times ? Long.MAX_VALUE : amount * times;
  }

  private long scored(List<DayTotal> days) {
    double[] logs = days.stream()
        .mapToDouble(day -> Math.log((double) day.nanoUsd()))
        .sorted()
        .toArray();
    int n = logs.length;
    double median = (logs[(n - 1) / 2] + logs[n / 2]) / 2;
    double strays = 0;
    for (double log : logs) {
      strays += Math.abs(log - median) / n;
    }
    double seen = strays * SIGMA_OF_DEVIATION;
    double drawn =
        Math.sqrt((n * seen * seen + PRIOR_DAYS * PRIOR_SIGMA * PRIOR_SIGMA) / (n + PRIOR_DAYS));
    double limit = Math.exp(median + rules.spikePageScore() * Math.max(drawn, LEAST_SIGMA));
    return (long) limit; // at most the largest long
  }
}
