package dev.purser.wire;

import dev.purser.api.AbandonReason;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer as its bytes pass. For one thread at a time; never throws on bad input; its memory
 * is bounded whatever the answer's size.
 */
public interface Meter {

  /** Takes the next bytes and hands on those the caller is to see, unchanged and in order. */
  void accept(byte[] bytes, int offset, int length, Output output);

  /** Takes the end of the answer and hands on what was kept back. */
  void end(Output output);

  /**
   * Whether anything came since this was asked last by which the {@link #reading} may have finished, or an
   * error been told; where not, nobody need look.
   */
  default boolean news() {
    return true;
  }

  /** Returns what is known so far; may be called at any time. */
  Reading reading();

  /** Returns what the answer has said so far besides its cost. */
  default Remarks remarks() {
    return Remarks.NONE;
  }

  /** Where the caller's bytes go. The slice is only valid during the call. */
  @FunctionalInterface
  interface Output {
    /** Takes bytes for the caller. */
    void write(byte[] bytes, int offset, int length);
  }

  /**
   * What an answer has said so far.
   *
   * @param finished whether the provider has said all it will say about the cost, so that the call
   *     may be settled although bytes are still to come
   * @param settlement what to settle, or null where the answer does not say (yet); may be known
   *     before {@code finished} where all choices have finished and only the end is still to come
   * @param trouble why there is no settlement, or null
   * @param seen what could be seen of the answer, for when there will be no settlement; null if nothing
   *     of it came
   */
  record Reading(
      boolean finished,
      @Nullable Settlement settlement,
      @Nullable AbandonReason trouble,
      @Nullable SeenUsage seen) {

    /** Makes a reading of an answer of which nothing is seen but what it states. */
    public Reading(
        boolean finished, @Nullable Settlement settlement, @Nullable AbandonReason trouble) {
      this(finished, settlement, trouble, null);
    }
  }
}
