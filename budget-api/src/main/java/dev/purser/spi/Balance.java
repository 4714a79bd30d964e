package dev.purser.spi;

import java.time.Instant;

/**
 * An account as it was seen at some instant, in nano-dollars, tokens, requests or calls. The two counts
 * are read one after the other: their sum may be too high while calls run, never too low.
 *
 * @param limit the limit in force
 * @param settled what was charged in the window
 * @param held what open calls hold besides
 * @param resetsAt when the window ends, or the oldest charge leaves a rolling one; {@link
 *     Instant#MAX} if never
 */
public record Balance(long limit, long settled, long held, Instant resetsAt) {

  /** Returns limit − settled − held; negative where a bill exceeded its reservation. */
  public long remaining() {
    return limit - settled - held;
  }
}
