package dev.purser.spi;

import dev.purser.api.SpendRecord;
import java.util.List;

/**
 * A hold on all accounts of a call. Safe for use by several threads; ends once.
 *
 * <p>OPEN → (lease ends, or {@link #abandon}) PROVISIONAL → ENDED. While PROVISIONAL the hold is a
 * charge of the reserved amounts, until {@link #writeOff} takes it back; a settlement that still
 * arrives then charges what it says.
 */
public interface Ticket {

  /** What an attempt to end a ticket did. */
  enum Ending {
    /** The hold ended. */
    ENDED,
    /** The lease had ended before; the charge was corrected. */
    CORRECTED,
    /** The charge had been written off; it was charged again. */
    RECHARGED,
    /** The ticket had ended before; nothing changed. */
    NONE
  }

  /** Charges the given amounts and gives the rest back. */
  Ending settle(Amounts amounts);

  /**
   * Charges the given amounts and gives the rest back, for ledgers that keep a log: they write the
   * record before anything is given back, so that a log that was cut anywhere never tells of more room
   * than there was.
   *
   * @param record what will be told of the ending, if this is the one that counts
   */
  default Ending settle(Amounts amounts, SpendRecord record) {
    return settle(amounts);
  }

  /** Gives everything back. */
  default Ending release() {
    return settle(Amounts.NONE);
  }

  /**
   * Draws on further accounts too, whatever their limits: budgets that were put in force while the
   * call was open. What is open is held there, and what ends later is charged or corrected there. To
   * be called while the ticket is not being ended.
   */
  void extend(List<Account> more);

  /** Charges the held amounts until a settlement corrects them; false if no longer open. */
  boolean abandon();

  /** Takes the charge of a ticket that was abandoned back; false if it is not one, or was before. */
  boolean writeOff();

  /**
   * Takes the charge back as {@link #writeOff()} does, for ledgers that keep a log.
   *
   * @param record what will be told of it
   */
  default boolean writeOff(SpendRecord record) {
    return writeOff();
  }

  /**
   * Takes the record of the charge that was made when the ticket was {@linkplain #abandon abandoned} or
   * its lease ended, for ledgers that keep a log.
   */
  default void abandoned(SpendRecord record) {}
}
