package dev.purser.api;

import java.util.Optional;

/**
 * Decides whether a call may be made. What adapters accept; safe for use by several threads.
 *
 * <p>No method throws, and none waits for I/O of the provider: a refusal is a value. Admission may
 * wait for money that other calls hold, as long as the call allows.
 *
 * <p>A guard lets no call go whose credential {@linkplain Credential#isVirtualKey() is a virtual key}
 * that it does not know: whoever gets {@link Admission.Admitted} may send the real credential in its
 * place.
 */
public interface BudgetGuard {

  /**
   * Holds the worst-case cost of a call on every budget that covers it, or refuses the call; denies it
   * if its key or a freeze stands against it.
   */
  Admission admit(CallIntent intent);

  /**
   * Says whether a request may leave that is no call as {@link #admit} knows them: its key must be
   * valid, and nobody may have frozen it. A key that may call certain models only may make no call
   * that is billed and names none.
   *
   * @return {@link Admission.Denied}, or {@link Admission.Admitted} with a reservation that holds
   *     nothing: it is ended like any other when the answer has been read, so that a freeze can cut the
   *     request until then
   */
  Admission pass(PassingCall call);

  /**
   * Returns the name of the virtual key that a credential opens, for whoever keeps a real credential for
   * each key; empty if it opens none.
   */
  default Optional<String> keyName(Credential credential) {
    return Optional.empty();
  }

  /**
   * Returns which models serve which calls by now, for whoever has to know them when it is built; none if
   * the guard routes no call.
   */
  default RoutingRules routing() {
    return RoutingRules.NONE;
  }

  /**
   * Takes note of a call that whoever makes it denied by itself: because there is no credential to
   * send, or the key stands where nobody reads one.
   */
  default void denied(PassingCall call, Denial denial) {}

  /** Takes note of a call that passes without being counted. */
  void unmetered(UnmeteredCall call);

  /** Returns a guard that admits every call and keeps nothing; it knows no virtual keys. */
  static BudgetGuard noop() {
    return NoopGuard.INSTANCE;
  }
}
