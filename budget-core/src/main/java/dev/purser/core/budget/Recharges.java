package dev.purser.core.budget;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Ledger;
import dev.purser.spi.Succession;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Charges budgets that start anew with what is known, and says afterwards where a call of before
 * counts. Safe for use by several threads, but {@link #revised} only while nothing else runs.
 */
final class Recharges {

  /** When a budget was last charged with what is known, and what was known of sessions then. */
  private record Fresh(int revision, long lineages) {
    static final Fresh NEVER = new Fresh(0, 0);
  }

  private final Ledger ledger;
  private final Sessions sessions;
  private final SpendHistory history;
  private volatile Map<String, Fresh> freshAt = Map.of();

  Recharges(Ledger ledger, Sessions sessions, SpendHistory history) {
    this.ledger = ledger;
    this.sessions = sessions;
    this.history = history;
  }

  /**
   * Charges what is known to budgets that start anew.
   *
   * @param budgets all that are in force now
   * @param fresh those of them that start anew
   * @param succession which accounts the others go on with
   */
  void revised(
      List<Budget> budgets, List<Budget> fresh, Succession succession, int revision, Instant now) {
    if (!fresh.isEmpty()) {
      for (SpendHistory.Fact fact : history.facts()) {
        fresh.forEach(budget -> recharge(budget, fact, now));
      }
    }
    Fresh charged = new Fresh(revision, sessions.version());
    Map<String, Fresh> after = new HashMap<>();
    for (Budget budget : budgets) {
      String former = Objects.requireNonNullElse(succession.formerName(budget.name()), "");
      after.put(
          budget.name(),
          fresh.contains(budget) ? charged : freshAt.getOrDefault(former, Fresh.NEVER));
    }
    freshAt = Map.copyOf(after);
  }

  private void recharge(Budget budget, SpendHistory.Fact fact, Instant now) {
    Instant at = fact.at().isAfter(now) ? now : fact.at();
    if (counts(budget, at, now)) {
      List<String> lineage = sessions.lineage(fact.who(), now);
      for (String scope : Scopes.of(budget, fact.who(), fact.model(), lineage)) {
        ledger.charge(ledger.open(budget, scope, at), fact.charged().amounts(), at);
      }
    }
  }

  /** Whether what was spent at {@code at} counts in the present window. */
  static boolean counts(Budget budget, Instant at, Instant now) {
    Window window = budget.window();
    ZoneId zone = BudgetBook.zone(budget);
    return window.covers(now, zone) && !at.isBefore(window.startOf(now, zone));
  }

  /**
   * Returns accounts of budgets that were charged anew after a revision where a charge of {@code at} is
   * known to count, so that it may be corrected there. Where that is not certain, an account is left
   * out: what was never charged must not be given back. Then the charge stays as it is, which is too
   * much at most.
   */
  List<Account> ofCharged(
      List<Budget> budgets, Attribution who, ModelId model, Instant at, Instant now, int since) {
    if (history.folded()) {
      return List.of();
    }
    List<String> lineage = sessions.lineage(who, now);
    List<String> own = lineage.subList(0, Math.min(1, lineage.size()));
    List<Account> accounts = new ArrayList<>();
    for (Budget budget : budgets) {
      Fresh fresh = freshAt.getOrDefault(budget.name(), Fresh.NEVER);
      boolean counts = fresh.revision() > since
          && budget.window().rolling() == null
          && budget.window().covers(at, BudgetBook.zone(budget))
          && BudgetBook.sameWindow(budget, at, now);
      if (counts) {
        // Sessions above its own may have become known only after the charge.
        boolean allKnown = fresh.lineages() == sessions.version();
        for (String scope : Scopes.of(budget, who, model, allKnown ? lineage : own)) {
          accounts.add(ledger.open(budget, scope, at));
        }
      }
    }
    return accounts;
  }

  /**
   * Returns the accounts of budgets that started anew after a revision where a call counts of which
   * nothing was known then. Nothing is given back there, so none is left out.
   */
  List<Account> ofUncharged(
      List<Budget> budgets, Attribution who, ModelId model, Instant at, Instant now, int since) {
    List<String> lineage = sessions.lineage(who, now);
    List<Account> accounts = new ArrayList<>();
    for (Budget budget : budgets) {
      Fresh fresh = freshAt.getOrDefault(budget.name(), Fresh.NEVER);
      if (fresh.revision() > since && counts(budget, at, now)) {
        for (String scope : Scopes.of(budget, who, model, lineage)) {
          accounts.add(ledger.open(budget, scope, at));
        }
      }
    }
    return accounts;
  }
}
