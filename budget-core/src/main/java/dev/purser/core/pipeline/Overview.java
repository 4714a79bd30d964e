package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Spender;
import dev.purser.api.Usd;
import dev.purser.core.alert.Ground;
import dev.purser.core.alert.Part;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.budget.BurnRates;
import dev.purser.core.budget.SpendFilter;
import dev.purser.core.grant.GrantBook;
import dev.purser.core.grant.GrantBook.Place;
import dev.purser.core.journal.Recovered;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells of all accounts while calls run. Calls are not held up: accounts are read a few at a time, each
 * few in a passage through the gate, so that a change of the budgets need not wait for all of them.
 * What the change makes stale is read again.
 *
 * <p>Safe for use by several threads, but by none inside a passage. Who reads what was charged, and
 * who condenses it, wait for each other.
 */
public final class Overview implements Ground {

  private static final int CONTRIBUTORS = 5;
  private static final int FEW = 128;
  private static final int MOST = 1 << 24;

  private final Ledger ledger;
  private final BudgetBook budgets;
  private final Granting granting;
  private final RevisionGate gate;
  private final InstantSource clock;
  private volatile Instant since;

  Overview(
      Ledger ledger,
      BudgetBook budgets,
      Granting granting,
      RevisionGate gate,
      InstantSource clock) {
    this.ledger = ledger;
    this.budgets = budgets;
    this.granting = granting;
    this.gate = gate;
    this.clock = clock;
    since = clock.instant();
  }

  /** Charges are known from before the start. */
  void knownSince(Recovered found) {
    if (!found.spent().isEmpty() && found.spent().get(0).at().isBefore(since)) {
      since = found.spent().get(0).at();
    }
  }

  /** An account as it was read, with its grants and what they come to; all of one revision. */
  record Seen(
      Budget budget, String scope, Balance balance, long granted, List<GrantInForce> grants) {}

  /** Returns the accounts that are open, and those that something is granted to. */
  public Balances balances() {
    Instant now = clock.instant();
    granting.withdrawEnded(now);
    BurnRates burn = undisturbed(() -> budgets.burnRates(now, since));
    return new Balances(now, new Projection(now, burn).of(seen(now)));
  }

  /** Returns a daily cap for each value of a dimension, from what was seen; the highest first. */
  public List<CapSuggestion> suggestedCaps(Dimension dimension) {
    return undisturbed(() -> budgets.suggestedCaps(dimension, clock.instant()));
  }

  /**
   * Who spent most of something: the dearest first, five each, with what they spent.
   */
  record Contributors(List<String> sessions, List<String> models) {}

  /** Returns who spent most of a part of what was spent. */
  Contributors contributors(Part part) {
    SpendFilter filter =
        new SpendFilter(part.since(), part.budget(), part.scope(), part.key(), part.session());
    return undisturbed(() -> new Contributors(
        named(budgets.spent(filter, Dimension.SESSION)),
        named(budgets.spent(filter, Dimension.MODEL))));
  }

  private static List<String> named(Map<String, Long> spent) {
    return dearest(spent, CONTRIBUTORS).stream()
        .map(each -> each.getKey() + " $" + Usd.ofNanos(each.getValue()))
        .toList();
  }

  private static List<Map.Entry<String, Long>> dearest(Map<String, Long> spent, int most) {
    return spent.entrySet().stream()
        .filter(each -> each.getValue() > 0 && !each.getKey().equals(Dimension.NONE))
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .toList();
  }

  /** Returns who spent most since an instant, the dearest first. */
  public List<Spender> topSpenders(Dimension dimension, Instant since, int most) {
    SpendFilter all = new SpendFilter(since, null, "", null, null);
    return undisturbed(() -> dearest(budgets.spent(all, dimension), most).stream()
        .map(each -> new Spender(dimension, each.getKey(), Usd.ofNanos(each.getValue())))
        .toList());
  }

  @Override
  public List<String> lineage(Attribution who) {
    return budgets.seenLineage(who);
  }

  @Override
  public Map<String, Map<ModelId, Long>> requestsSince(Instant since) {
    return undisturbed(() -> budgets.requestsSince(since));
  }

  @Override
  public List<Quarter> quarters(Instant now) {
    List<Quarter> quarters = new ArrayList<>();
    for (Account account : ledger.accounts()) {
      Budget budget = account.budget();
      if (budget.measure() == Measure.USD && budget.window().toString().startsWith("quarter")) {
        Balance balance = ledger.balance(account, now);
        quarters.add(new Quarter(budget, account.scope(), balance.settled(), balance.limit()));
      }
    }
    return quarters;
  }

  /** Runs what must not meet another that reads what was charged, or condenses it. */
  synchronized <T> T undisturbed(Supplier<T> action) {
    return action.get();
  }

  private List<Seen> seen(Instant now) {
    List<Seen> seen = new ArrayList<>();
    int few = FEW;
    while (!read(seen, now, few)) {
      // With more at once it comes to an end however often the budgets are changed.
      few = Math.min(2 * few, MOST);
    }
    return seen;
  }

  /** Reads all accounts, so many a passage; false if other budgets were put in force meanwhile. */
  private boolean read(List<Seen> seen, Instant now, int few) {
    seen.clear();
    int revision = budgets.revision();
    List<Account> accounts = new ArrayList<>();
    boolean same = passing(revision, () -> accounts.addAll(accounts(now)));
    for (int from = 0; same && from < accounts.size(); from += few) {
      List<Account> some = accounts.subList(from, Math.min(from + few, accounts.size()));
      same = passing(revision, () -> some.forEach(account -> seen.add(look(account, now))));
    }
    return same;
  }

  private Collection<Account> accounts(Instant now) {
    List<Account> open = ledger.accounts();
    Set<Place> granted = granting.book().extras().keySet();
    if (granted.isEmpty()) {
      return open;
    }
    Set<Account> all = new LinkedHashSet<>(open);
    for (Budget budget : budgets.budgets()) {
      for (Place place : granted) {
        // The shared one is not opened for a look: from then on all further scopes share it.
        if (place.budget().equals(budget.name()) && !place.scope().equals(Account.OVERFLOW)) {
          all.add(ledger.open(budget, place.scope(), now));
        }
      }
    }
    return all;
  }

  private Seen look(Account account, Instant now) {
    Budget budget = account.budget();
    Place place = new Place(budget.name(), account.scope());
    GrantBook book = granting.book();
    Balance balance = ledger.balance(account, now);
    return new Seen(budget, account.scope(), balance, book.extra(place), book.to(place));
  }

  private boolean passing(int revision, Runnable read) {
    int passage = gate.enter();
    try {
      boolean same = budgets.revision() == revision;
      if (same) {
        read.run();
      }
      return same;
    } finally {
      gate.leave(passage);
    }
  }
}
