package dev.purser.spi;

import dev.purser.api.Refusal;
import java.util.List;

/** The answer of a ledger to a {@link Demand}. */
public sealed interface Reserved {

  /**
   * Everything is held.
   *
   * @param ticket ends the hold
   * @param observed what the accounts that only observe would have said; empty if they had room
   */
  record Held(Ticket ticket, List<Refused> observed) implements Reserved {}

  /**
   * Nothing is held.
   *
   * @param account the account that could not carry the demand
   * @param reason whether its money is spent or only held
   * @param balance the account as it was seen
   */
  record Refused(Account account, Refusal.Reason reason, Balance balance) implements Reserved {}
}
