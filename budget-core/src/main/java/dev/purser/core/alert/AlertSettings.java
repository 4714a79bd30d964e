package dev.purser.core.alert;

import dev.purser.api.Usd;
import java.time.Duration;

/**
 * When rules fire; the defaults are those of {@code docs/alerts.md}.
 *
 * @param spike what a key's day may come to
 * @param sessionBurn what a session may spend within an hour before somebody is told; again at each doubling
 * @param repeats how often a session may ask the same within {@code repeatsWithin}, less one
 * @param repeatsWithin in how much time
 * @param rounds how many requests in a row may grow without anybody saying anything, less one
 * @param paceShare which share of a quarter's budget, in percent
 * @param paceDays within how many days of the quarter
 * @param frontierNanoUsd from what price for a token of output on a model is of the frontier, in nano-dollars
 */
record AlertSettings(
    SpikeSettings spike,
    Usd sessionBurn,
    int repeats,
    Duration repeatsWithin,
    int rounds,
    int paceShare,
    int paceDays,
    long frontierNanoUsd) {

  static final AlertSettings DEFAULT = new AlertSettings(
      SpikeSettings.DEFAULT, Usd.of("20"), 5, Duration.ofMinutes(10), 50, 60, 42, 10_000);
}
