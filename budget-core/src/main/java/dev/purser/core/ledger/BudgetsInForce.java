package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import dev.purser.spi.Succession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The budgets of a ledger, by name, each with its accounts; and who is told of room in them. */
final class BudgetsInForce {

  private final AtomicLong sequence = new AtomicLong();
  private final ConcurrentMap<String, BudgetAccounts> byName = new ConcurrentHashMap<>();
  private volatile Consumer<Account> listener = account -> {};
  private final AtomicInteger terms = new AtomicInteger();

  /** Returns the accounts of a budget; one that was not put in force before is now. */
  BudgetAccounts accountsOf(Budget budget) {
    BudgetAccounts found = byName.get(budget.name());
    return found != null
        ? found
        : byName.computeIfAbsent(budget.name(), name -> new BudgetAccounts(this, budget));
  }

  /** As {@link dev.purser.spi.Ledger#revise} says. */
  List<Budget> revise(List<Budget> budgets) {
    List<Budget> before = byName.values().stream().map(BudgetAccounts::budget).toList();
    Succession succession = Succession.between(before, budgets);
    Map<String, BudgetAccounts> after = new HashMap<>();
    List<Budget> fresh = new ArrayList<>();
    for (Budget budget : budgets) {
      String former = succession.formerName(budget.name());
      if (former == null) {
        after.put(budget.name(), new BudgetAccounts(this, budget));
        fresh.add(budget);
      } else {
        after.put(budget.name(), Objects.requireNonNull(byName.get(former)));
      }
    }
    for (Budget budget : budgets) {
      Objects.requireNonNull(after.get(budget.name())).revise(budget);
    }
    terms.incrementAndGet();
    byName.keySet().retainAll(after.keySet());
    byName.putAll(after);
    return before.isEmpty() ? List.of() : fresh;
  }

  /** Returns how often budgets were changed. */
  int terms() {
    return terms.get();
  }

  List<Account> accounts() {
    List<Account> all = new ArrayList<>();
    byName.values().forEach(accounts -> accounts.addAllTo(all));
    return all;
  }

  int sweep(Instant at) {
    int swept = 0;
    for (BudgetAccounts accounts : byName.values()) {
      swept += accounts.sweep(at);
    }
    return swept;
  }

  /** Gives an account its place in the order in which calls take accounts. */
  long nextPlace() {
    return sequence.getAndIncrement();
  }

  void onRoom(Consumer<Account> listener) {
    this.listener = listener;
  }

  void room(LedgerAccount account) {
    listener.accept(account);
  }
}
