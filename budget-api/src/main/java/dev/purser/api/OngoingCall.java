package dev.purser.api;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that one adapter has had admitted and is making now, for an adapter below it that sees the
 * same call once more and must not count it again: a wrapped model over an intercepted HTTP client.
 *
 * <p>It is known to the thread that makes the call, inside {@link #during}. An HTTP client that sends
 * on a thread of its own is told by a request header, {@link #HEADER}, which adapters take off before
 * a request leaves.
 *
 * <p>Only for calls of the same guard to the same model, and only until the call has ended. Safe for
 * use by several threads.
 */
public final class OngoingCall {

  /** Carries the {@linkplain #token() token} of a call that is sent by another thread. */
  public static final String HEADER = "x-purser-ongoing";

  private static final ThreadLocal<@Nullable OngoingCall> CURRENT = new ThreadLocal<>();

  /** Found only while somebody else holds it, so that a stream that never ends is not kept for ever. */
  private static final Tokens<OngoingCall> TOKENS = new Tokens<>();

  private final BudgetGuard guard;
  private final ModelId model;
  private final Reservation reservation;
  private @Nullable String token;
  private boolean over;

  /**
   * Begins a call.
   *
   * @param guard who admitted it
   * @param model the model that is really called
   * @param reservation what is held for it
   */
  public OngoingCall(BudgetGuard guard, ModelId model, Reservation reservation) {
    this.guard = guard;
    this.model = model;
    this.reservation = reservation;
  }

  /** Returns the call that this thread is making, or null. */
  public static @Nullable OngoingCall current() {
    return CURRENT.get();
  }

  /** Returns the call that a header names, or null if there is none such, or it has ended. */
  public static @Nullable OngoingCall named(@Nullable String token) {
    return TOKENS.named(token);
  }

  /** Makes the call: runs what sends it on this thread. */
  public <T extends @Nullable Object> T during(Supplier<T> sending) {
    return with(this, sending);
  }

  /** Runs what is no part of the call that this thread makes, such as its caller's own code. */
  public static void apart(Runnable work) {
    Object unused = with(null, () -> {
      work.run();
      return null;
    });
  }

  private static <T extends @Nullable Object> T with(@Nullable OngoingCall call, Supplier<T> work) {
    OngoingCall before = CURRENT.get();
    CURRENT.set(call);
    try {
      return work.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /** Whether a call that this guard is asked for, to a model of this name, is this one. */
  public synchronized boolean is(BudgetGuard asked, String modelName) {
    return !over && asked == guard && modelName.equalsIgnoreCase(model.name());
  }

  /** Returns what names the call in a header: random, and of use to nobody once the call has ended. */
  public synchronized String token() {
    if (token == null) {
      token = TOKENS.name(this);
      if (over) {
        TOKENS.forget(token);
      }
    }
    return token;
  }

  /**
   * Has the adapter below count the call, which knows more of it: what is held here is given back.
   */
  public void countedBelow() {
    reservation.release();
  }

  /** The call has ended: whatever is sent from now on is another one. */
  public synchronized void end() {
    over = true;
    if (token != null) {
      TOKENS.forget(token);
    }
  }

  @Override
  public String toString() {
    return "OngoingCall of " + model;
  }
}
