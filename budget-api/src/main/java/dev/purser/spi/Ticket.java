package dev.purser.spi;

/**
 * A hold on all accounts of a call. Safe for use by several threads; ends once.
 *
 * <p>OPEN → (lease ends, or {@link #abandon}) PROVISIONAL → ENDED. While PROVISIONAL the hold is a
 * charge of the reserved amounts.
 */
public interface Ticket {

  /** What an attempt to end a ticket did. */
  enum Ending {
    /** The hold ended. */
    ENDED,
    /** The lease had ended before; the charge was corrected. */
    CORRECTED,
    /** The ticket had ended before; nothing changed. */
    NONE
  }

  /** Charges the given amounts and gives the rest back. */
  Ending settle(Amounts amounts);

  /** Gives everything back. */
  default Ending release() {
    return settle(Amounts.NONE);
  }

  /** Charges the held amounts until a settlement corrects them; false if no longer open. */
  boolean abandon();
}
