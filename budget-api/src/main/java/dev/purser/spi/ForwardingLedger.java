package dev.purser.spi;

import dev.purser.api.Budget;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A ledger over another one, of which a subclass changes a part. Safe for use by several threads. */
public abstract class ForwardingLedger implements Ledger {

  private final Ledger ledger;

  /** Forwards to a ledger. */
  protected ForwardingLedger(Ledger ledger) {
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
  public List<Account> bind(List<Account> accounts) {
    return ledger.bind(accounts);
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
  public boolean remembers() {
    return ledger.remembers();
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
  public long settled(Account account, Instant at) {
    return ledger.settled(account, at);
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
