package dev.purser.api;

import java.time.Duration;

/**
 * When rules tell somebody, besides the shares of budgets, which these say themselves. Immutable.
 *
 * @param spikeTimesMean how many times the mean of a key's last active days its day must exceed
 * @param spikeLeastExcess by how much its day must exceed that mean at least
 * @param spikePageScore above which robust score of a day somebody is paged
 * @param newKeyDay what a key may spend on a day of which neither it nor its team has a history
 * @param sessionBurn what a session may spend within an hour; told again at each doubling
 * @param loopRepeats how often a session asks the same within {@code loopWithin} to be a loop; of each
 *     session its last 128 calls are known, so that more is never
 * @param loopWithin in how much time; a day at most
 * @param loopRounds how many requests in a row grow, without anybody saying anything, to be a loop
 * @param paceShare which share of a quarter's budget, in percent, is spent too early
 * @param paceDays within how many days of the quarter
 * @param frontierPrice from what price of a million tokens of output on a model is of the frontier
 */
public record AlertRules(
    int spikeTimesMean,
    Usd spikeLeastExcess,
    double spikePageScore,
    Usd newKeyDay,
    Usd sessionBurn,
    int loopRepeats,
    Duration loopWithin,
    int loopRounds,
    int paceShare,
    int paceDays,
    Usd frontierPrice) {

  /** The rules as {@code docs/alerts.md} has them. */
  public static final AlertRules DEFAULT = new AlertRules(
      3,
      Usd.of("10"),
      2.5,
      Usd.of("50"),
      Usd.of("20"),
      10,
      Duration.ofMinutes(10),
      50,
      60,
      42,
      Usd.of("10"));

  private static final int LONGEST_QUARTER = 92;
  private static final int WHOLE = 100;
  private static final long LONGEST_LOOP_SECONDS = 86_400;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if one makes no sense; the message names it
   */
  public AlertRules {
    check("spikeTimesMean", spikeTimesMean >= 1, spikeTimesMean);
    check("spikePageScore", spikePageScore > 0, spikePageScore);
    check("sessionBurn", sessionBurn.nanos() > 0, sessionBurn);
    check("loopRepeats", loopRepeats >= 2, loopRepeats);
    check("loopWithin", isLoopTime(loopWithin), loopWithin);
    check("loopRounds", loopRounds >= 2, loopRounds);
    check("paceShare", paceShare >= 1 && paceShare <= WHOLE, paceShare);
    check("paceDays", paceDays >= 1 && paceDays <= LONGEST_QUARTER, paceDays);
  }

  private static boolean isLoopTime(Duration within) {
    return within.toSeconds() >= 1 && within.toSeconds() <= LONGEST_LOOP_SECONDS;
  }

  private static void check(String name, boolean good, Object value) {
    if (!good) {
      throw new IllegalArgumentException("alert rules: " + name + " cannot be " + value);
    }
  }

  /** Returns these rules with another notice of spikes. */
  public AlertRules spike(int timesMean, Usd leastExcess) {
    return new AlertRules(
        timesMean,
        leastExcess,
        spikePageScore,
        newKeyDay,
        sessionBurn,
        loopRepeats,
        loopWithin,
        loopRounds,
        paceShare,
        paceDays,
        frontierPrice);
  }

  /** Returns these rules with another score above which a spike pages; a higher one pages less. */
  public AlertRules spikePage(double score) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        score,
        newKeyDay,
        sessionBurn,
        loopRepeats,
        loopWithin,
        loopRounds,
        paceShare,
        paceDays,
        frontierPrice);
  }

  /** Returns these rules with another day's spend of keys of which nothing is known. */
  public AlertRules newKey(Usd day) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        spikePageScore,
        day,
        sessionBurn,
        loopRepeats,
        loopWithin,
        loopRounds,
        paceShare,
        paceDays,
        frontierPrice);
  }

  /** Returns these rules with another spend of a session within an hour. */
  public AlertRules sessionBurn(Usd perHour) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        spikePageScore,
        newKeyDay,
        perHour,
        loopRepeats,
        loopWithin,
        loopRounds,
        paceShare,
        paceDays,
        frontierPrice);
  }

  /** Returns these rules with another notion of loops. */
  public AlertRules loop(int repeats, Duration within, int rounds) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        spikePageScore,
        newKeyDay,
        sessionBurn,
        repeats,
        within,
        rounds,
        paceShare,
        paceDays,
        frontierPrice);
  }

  /** Returns these rules with another pace of quarters. */
  public AlertRules quarterPace(int percent, int days) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        spikePageScore,
        newKeyDay,
        sessionBurn,
        loopRepeats,
        loopWithin,
        loopRounds,
        percent,
        days,
        frontierPrice);
  }

  /** Returns these rules with another price from which on a model is of the frontier. */
  public AlertRules frontier(Usd millionTokensOfOutput) {
    return new AlertRules(
        spikeTimesMean,
        spikeLeastExcess,
        spikePageScore,
        newKeyDay,
        sessionBurn,
        loopRepeats,
        loopWithin,
        loopRounds,
        paceShare,
        paceDays,
        millionTokensOfOutput);
  }
}
