package dev.purser.api;

/** What a budget does about a call that it cannot carry. */
public enum Enforcement {
  /** The call is refused; the default. */
  BLOCK,
  /**
   * The call passes and is counted; a record and an alert say that it would have been refused. A dry
   * run, to introduce a budget with.
   */
  OBSERVE
}
