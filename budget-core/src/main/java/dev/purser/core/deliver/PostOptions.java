package dev.purser.core.deliver;

import java.time.Duration;

/**
 * How an alert is sent.
 *
 * @param timeout how long an attempt may take
 * @param attempts how often it is tried
 * @param pause how long to wait after the first attempt; twice as long after each further one
 * @param longestPause how long to wait at most, whatever an answer says
 */
record PostOptions(Duration timeout, int attempts, Duration pause, Duration longestPause) {

  static final PostOptions DEFAULT =
      new PostOptions(Duration.ofSeconds(10), 5, Duration.ofSeconds(1), Duration.ofMinutes(1));
}
