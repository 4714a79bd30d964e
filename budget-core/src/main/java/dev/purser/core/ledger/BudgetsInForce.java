package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The budgets of a ledger, by name, each with its accounts; and who is told of room in them. */
final class BudgetsInForce {

  private final AtomicLong sequence = new AtomicLong();
  private final ConcurrentMap<String, BudgetAccounts> byName = new ConcurrentHashMap<>();
  private volatile Consumer<Account> listener = account -> {};

  /** Returns the accounts of a budget; one that was not put in force before is now. */
  BudgetAccounts accountsOf(Budget budget) {
    BudgetAccounts found = byName.get(budget.name());
    return found != null
        ? found
        : byName.computeIfAbsent(budget.name(), name -> new BudgetAccounts(this, budget));
  }

  /** As {@link dev.purser.spi.Ledger#revise} says. */
  List<Budget> revise(List<Budget> budgets) {
    Map<String, BudgetAccounts> before = new HashMap<>(byName);
    Map<String, BudgetAccounts> after = new HashMap<>();
    List<Budget> others = new ArrayList<>();
    for (Budget budget : budgets) {
      BudgetAccounts same = before.get(budget.name());
      if (same != null && same.budget().countsLike(budget)) {
        after.put(budget.name(), before.remove(budget.name()));
      } else {
        others.add(budget);
      }
    }
    boolean first = byName.isEmpty();
    List<Budget> fresh = new ArrayList<>();
    for (Budget budget : others) {
      String renamed = renamed(before, budget);
      if (renamed != null) {
        after.put(budget.name(), before.remove(renamed));
      } else {
        after.put(budget.name(), new BudgetAccounts(this, budget));
        fresh.add(budget);
      }
    }
    for (Budget budget : budgets) {
      Objects.requireNonNull(after.get(budget.name())).revise(budget);
    }
    byName.keySet().retainAll(after.keySet());
    byName.putAll(after);
    return first ? List.of() : fresh;
  }

  /** Returns the former name of a budget that is gone and counted alike; null if there is none. */
  private static @Nullable String renamed(Map<String, BudgetAccounts> gone, Budget budget) {
    for (Map.Entry<String, BudgetAccounts> entry : gone.entrySet()) {
      if (entry.getValue().budget().countsLike(budget)) {
        return entry.getKey();
      }
    }
    return null;
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
