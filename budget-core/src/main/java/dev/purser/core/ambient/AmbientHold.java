package dev.purser.core.ambient;

import dev.purser.api.Ceiling;
import dev.purser.api.SpendRecord;
import dev.purser.spi.Amounts;
import dev.purser.spi.Reserved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call holds of the ceilings around it. Which ending counts is decided by the ticket of the
 * ledger; this follows it, whatever the order in which the ends and the lease's end are told here.
 *
 * <p>Safe for use by several threads; nobody waits inside the lock.
 */
final class AmbientHold {

  private enum State {
    OPEN,
    CHARGED,
    TAKEN_BACK,
    OVER
  }

  private final List<AmbientAccount> accounts;
  private final List<Ceiling> ceilings;
  private final Amounts held;
  private State state = State.OPEN;
  private Amounts charged = Amounts.NONE;

  AmbientHold(List<AmbientAccount> accounts, Amounts held) {
    this.accounts = accounts;
    this.held = held;
    ceilings =
        accounts.stream().map(account -> account.limit().ceiling()).distinct().toList();
  }

  /** Holds all, or nothing; returns why not, or null. */
  Reserved.@Nullable Refused take() {
    for (int i = 0; i < accounts.size(); i++) {
      AmbientAccount account = accounts.get(i);
      long amount = account.amount(held);
      if (!account.limit().take(amount)) {
        Reserved.Refused refused = account.refusing(amount);
        accounts.subList(0, i).forEach(taken -> taken.limit().end(taken.amount(held), 0));
        return refused;
      }
    }
    return null;
  }

  /** The ledger refused, or failed: as if it had not been asked. */
  synchronized void undo() {
    becomes(Amounts.NONE, State.OVER, null);
  }

  /** What is held is a charge until more is known. */
  synchronized void charge() {
    if (state == State.OPEN) {
      becomes(held, State.CHARGED, null);
    }
  }

  /** Tells of the charge that was made. */
  synchronized void told(SpendRecord record) {
    if (state != State.OVER) {
      ceilings.forEach(ceiling -> ceiling.charged(0, 0, 0, record));
    }
  }

  /** The charge was taken back, though an answer may come. */
  synchronized void takeBack() {
    becomes(Amounts.NONE, State.TAKEN_BACK, null);
  }

  /** The call has ended. */
  synchronized void settle(Amounts amounts, @Nullable SpendRecord record) {
    becomes(amounts, State.OVER, record);
  }

  private void becomes(Amounts amounts, State next, @Nullable SpendRecord record) {
    for (AmbientAccount account : accounts) {
      long now = account.amount(amounts);
      if (state != State.OPEN) {
        account.limit().correct(account.amount(charged), now);
      } else if (next == State.CHARGED) {
        account.limit().charge(now);
      } else {
        account.limit().end(account.amount(held), now);
      }
    }
    long nanoUsd = amounts.nanoUsd() - charged.nanoUsd();
    long tokens = amounts.tokens() - charged.tokens();
    long requests = amounts.requests() - charged.requests();
    ceilings.forEach(ceiling -> ceiling.charged(nanoUsd, tokens, requests, record));
    charged = amounts;
    state = next;
  }
}
