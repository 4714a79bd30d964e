package dev.purser.core.alert;

/**
 * What a key may spend on a day before somebody is told: computed at the day's start, so that a running
 * total is only compared.
 *
 * @param noticeAbove in nano-dollars; {@link Long#MAX_VALUE} for never
 * @param pageAbove in nano-dollars, not below {@code noticeAbove}; {@link Long#MAX_VALUE} for never
 * @param usual what the key, or where it is new its team, spends on a day, in nano-dollars
 * @param newKey whether the key has too short a history
 */
record SpikeLimits(long noticeAbove, long pageAbove, long usual, boolean newKey) {}
