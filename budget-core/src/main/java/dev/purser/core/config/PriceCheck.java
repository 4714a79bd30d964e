package dev.purser.core.config;

import java.util.List;

/**
 * Looks whether prices that a file asks for can be put in force, which takes the file of prices and
 * the table below them: neither is known here.
 */
@FunctionalInterface
public interface PriceCheck {

  /** Checks nothing. */
  PriceCheck NONE = prices -> List.of();

  /** Returns what is wrong, each at a path of the configuration file; the lines are not looked at. */
  List<Problem> problems(Prices prices);
}
