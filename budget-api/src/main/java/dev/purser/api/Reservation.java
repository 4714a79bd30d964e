package dev.purser.api;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hold of one call on all its accounts. It ends once, by {@link #settle(Settlement)} or {@link
 * #release()}; every later ending changes nothing. Safe for use by several threads; no method
 * throws or blocks.
 *
 * <p>A hold that nobody ends becomes a charge of the reserved amount when its lease is over. A
 * settlement that still arrives then, or after {@link #abandon}, corrects the charge.
 */
public interface Reservation extends AutoCloseable {

  /** Returns the call's id, as it stands in the records. */
  String id();

  /** Returns the worst-case cost that is held. */
  Usd reserved();

  /**
   * Charges what the call used and gives the rest back.
   *
   * @return whether this ended the reservation or corrected its charge
   */
  boolean settle(Settlement settlement);

  /**
   * Charges what the call used, at the prices of the model that was asked for.
   *
   * @return whether this ended the reservation or corrected its charge
   */
  default boolean settle(Usage usage) {
    return settle(Settlement.of(usage));
  }

  /**
   * Gives everything back: the call was never made, or the provider does not bill it.
   *
   * @return whether this ended the reservation
   */
  boolean release();

  /**
   * Charges the reserved amount, because what the call cost cannot be known (yet).
   *
   * @return whether this turned the hold into a charge
   */
  boolean abandon(AbandonReason reason);

  /**
   * Charges what was seen of an answer that did not say what it used: its input and what was written,
   * and the reserved amount where more may have been written than can be seen.
   *
   * @param reason why the answer does not say
   * @return whether this ended the reservation or corrected its charge
   */
  default boolean abandon(AbandonReason reason, SeenUsage seen) {
    return abandon(reason);
  }

  /**
   * Says which thread works on the answer now; at first it is the one that was admitted. A call that
   * this thread makes meanwhile, such as a tool's call under its own stream, does not wait for what
   * this reservation holds: that would only come back after it.
   *
   * @param thread null if any thread may end the reservation
   */
  default void carriedBy(@Nullable Thread thread) {}

  /**
   * Says how the call is cut if somebody freezes it; to be said before the call is sent, and once.
   * Whoever cuts a call still ends its reservation, with what the answer had until then.
   *
   * @param cut run at most once, on the thread that freezes and before its freeze is done; must
   *     neither throw nor block
   * @return the freeze, if the call is frozen already: then it must not be sent, and {@code cut} is
   *     not run
   */
  default Optional<Denial> onCut(Consumer<Denial> cut) {
    return Optional.empty();
  }

  /** Returns what takes note of the call on its way, for its record. */
  default CallTrace trace() {
    return CallTrace.NONE;
  }

  /** Charges the reserved amount if nothing ended the reservation before. */
  @Override
  default void close() {
    abandon(AbandonReason.NOT_SETTLED);
  }
}
