package dev.purser.api;

/**
 * What a budget asks for once much of it is spent: calls of other task classes are served by the models
 * of this one.
 *
 * @param atPercent from which part of the limit on, in percent; what is only held does not count
 * @param taskClass whose models serve then
 */
public record Downgrade(int atPercent, String taskClass) {

  /** No budget may ask for it earlier: one slip of the decimal point must not cost a quarter its frontier model. */
  public static final int LEAST_PERCENT = 20;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public Downgrade {
    if (atPercent < LEAST_PERCENT || atPercent > 100) {
      throw new IllegalArgumentException("a downgrade begins between " + LEAST_PERCENT
          + "% and 100% of the limit, not at " + atPercent + "%");
    }
    if (taskClass.isBlank()) {
      throw new IllegalArgumentException("a downgrade names a task class");
    }
  }
}
