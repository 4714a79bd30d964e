package dev.purser.api;

/**
 * Which calls may be admitted with a lower output cap than they asked for, where their budgets cannot
 * carry the worst case but can carry a useful answer.
 */
public enum Fit {
  /** Calls that set no cap themselves; the default. */
  UNCAPPED,
  /** All calls, so that a budget can be used to the last cent. */
  ALL,
  /** No calls: what cannot be carried whole is refused. */
  NEVER
}
