package dev.purser.core.alert;

/**
 * When a key's day is a spike. The defaults are those that were scored.
 *
 * @param timesMean how many times the mean of the last active days it must exceed
 * @param leastExcessNanoUsd by how much it must exceed the mean at least, in nano-dollars
 * @param pageScore above which robust score somebody is paged
 * @param timesMeanUnscored above how many times the mean somebody is paged where there are too few days
 *     for a score
 * @param newKeyNanoUsd what a key may spend on a day of which neither it nor its team has a history, in
 *     nano-dollars
 */
record SpikeSettings(
    int timesMean,
    long leastExcessNanoUsd,
    double pageScore,
    int timesMeanUnscored,
    long newKeyNanoUsd) {

  static final SpikeSettings DEFAULT =
      new SpikeSettings(3, 10_000_000_000L, 2.5, 10, 50_000_000_000L);
}
