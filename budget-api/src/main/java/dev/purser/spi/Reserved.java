package dev.purser.spi;

import dev.purser.api.Refusal;

/** The answer of a ledger to a {@link Demand}. */
public sealed interface Reserved {

  /**
   * Everything is held.
   *
   * @param ticket ends the hold
   */
  record Held(Ticket ticket) implements Reserved {}

  /**
   * Nothing is held.
   *
   * @param account the account that could not carry the demand
   * @param reason whether its money is spent or only held
   * @param balance the account as it was seen
   */
  record Refused(Account account, Refusal.Reason reason, Balance balance) implements Reserved {}
}
