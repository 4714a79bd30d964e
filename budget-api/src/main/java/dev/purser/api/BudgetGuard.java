package dev.purser.api;

/**
 * Decides whether a call may be made. What adapters accept; safe for use by several threads.
 *
 * <p>Neither method throws, and neither waits for I/O of the provider: a refusal is a value.
 * Admission may wait for money that other calls hold, as long as the call allows.
 */
public interface BudgetGuard {

  /** Holds the worst-case cost of a call on every budget that covers it, or refuses the call. */
  Admission admit(CallIntent intent);

  /** Takes note of a call that passes without being counted. */
  void unmetered(UnmeteredCall call);

  /** Returns a guard that admits every call and keeps nothing. */
  static BudgetGuard noop() {
    return NoopGuard.INSTANCE;
  }
}
