package dev.purser.core;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A ledger of which a test replaces a part. */
class DelegatingLedger implements Ledger {

  private final Ledger ledger;

  DelegatingLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<Budget> revise(List<Budget> budgets) {
    return ledger.revise(budgets);
  }

  @Override
  public Account open(Budget budget, String scope, Instant at) {
    return ledger.open(budget, scope, at);
  }

  @Override
  public Reserved reserve(Demand demand) {
    return ledger.reserve(demand);
  }

  @Override
  public void charge(Account account, Amounts amounts, Instant at) {
    ledger.charge(account, amounts, at);
  }

  @Override
  public Ticket charged(Demand demand) {
    return ledger.charged(demand);
  }

  @Override
  public Room room(List<Account> accounts, Instant at) {
    return ledger.room(accounts, at);
  }

  @Override
  public Room unspent(List<Account> accounts, Instant at) {
    return ledger.unspent(accounts, at);
  }

  @Override
  public Balance balance(Account account, Instant at) {
    return ledger.balance(account, at);
  }

  @Override
  public void grant(Budget budget, String scope, long extra) {
    ledger.grant(budget, scope, extra);
  }

  @Override
  public List<Account> accounts() {
    return ledger.accounts();
  }

  @Override
  public int reap(Instant at) {
    return ledger.reap(at);
  }

  @Override
  public int sweep(Instant at) {
    return ledger.sweep(at);
  }

  @Override
  public void onRoom(Consumer<Account> listener) {
    ledger.onRoom(listener);
  }
}
