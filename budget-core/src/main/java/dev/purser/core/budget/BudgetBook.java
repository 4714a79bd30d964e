package dev.purser.core.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ledger;
import dev.purser.spi.Succession;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts a call draws on, and what was charged so far, for budgets that are changed. Safe for
 * use by several threads, but {@link #revise} only while nothing else runs.
 *
 * <p>Bindings are remembered for the attributions seen last; forgetting one only costs looking it up
 * again.
 */
public final class BudgetBook {

  private static final int REMEMBERED = 10_000;

  private record Call(Attribution who, ModelId model) {}

  private record Binding(long lineages, List<String> lineage, List<Account> accounts) {}

  /**
   * The budgets in force.
   *
   * @param spans whether some let calls pass outside a fixed span
   */
  private record InForce(
      int revision, List<Budget> budgets, boolean spans, Cache<Call, Binding> bindings) {

    static InForce of(int revision, List<Budget> budgets) {
      return new InForce(
          revision,
          List.copyOf(budgets),
          budgets.stream().anyMatch(Budget::passesOutside),
          Caffeine.newBuilder().maximumSize(REMEMBERED).build());
    }
  }

  private final Ledger ledger;
  private final Consumer<Budget> onOverflow;
  private final Sessions sessions;
  private final SpendHistory history = new SpendHistory();
  private final Recharges recharges;
  private volatile InForce inForce;

  /**
   * Puts budgets in force in the ledger that holds their accounts.
   *
   * @param budgets with owner and zone set
   * @param onOverflow told of a budget that has as many accounts as it may
   * @param onOtherParent told of a session that names another parent than before
   */
  public BudgetBook(
      List<Budget> budgets,
      Ledger ledger,
      Consumer<Budget> onOverflow,
      Consumer<String> onOtherParent) {
    this.ledger = ledger;
    this.onOverflow = onOverflow;
    sessions = new Sessions(onOtherParent);
    recharges = new Recharges(ledger, sessions, history);
    List<Budget> unused = ledger.revise(budgets);
    inForce = InForce.of(0, budgets);
  }

  /** Returns the budgets in force. */
  public List<Budget> budgets() {
    return inForce.budgets();
  }

  /** Returns how often budgets were changed. */
  public int revision() {
    return inForce.revision();
  }

  /** Returns the accounts that cover a call at {@code at}, in the order of the budgets. */
  public List<Account> covering(Attribution who, ModelId model, Instant at) {
    InForce now = inForce;
    Call call = new Call(who, model);
    long lineages = sessions.version();
    Binding bound = now.bindings().getIfPresent(call);
    if (bound == null || bound.lineages() != lineages) {
      bound = bind(now, call, at);
    } else if (bound.lineage().size() > 1) {
      sessions.use(bound.lineage(), at);
    }
    return now.spans() ? covering(bound.accounts(), at) : bound.accounts();
  }

  /**
   * Returns the accounts that cover a call of {@code at} and whose window of that time has not ended
   * at {@code now}: a call that ends late does not count in the window after.
   */
  public List<Account> stillCounting(Attribution who, ModelId model, Instant at, Instant now) {
    return covering(who, model, at).stream()
        .filter(account -> sameWindow(account.budget(), at, now))
        .toList();
  }

  /** Returns the accounts where a charge of {@code at} counts at {@code now}, opened as of then. */
  public List<Account> counting(Attribution who, ModelId model, Instant at, Instant now) {
    List<String> lineage = sessions.lineage(who, now);
    Instant charged = at.isAfter(now) ? now : at;
    List<Account> accounts = new ArrayList<>();
    for (Budget budget : inForce.budgets()) {
      if (Recharges.counts(budget, charged, now)) {
        for (String scope : Scopes.of(budget, who, model, lineage)) {
          accounts.add(ledger.open(budget, scope, charged));
        }
      }
    }
    return accounts;
  }

  /**
   * Returns accounts of budgets put in force after a revision where a charge of {@code at} is known to
   * count, so that it may be corrected there.
   */
  public List<Account> recharged(
      Attribution who, ModelId model, Instant at, Instant now, int since) {
    return recharges.ofCharged(inForce.budgets(), who, model, at, now, since);
  }

  /**
   * Returns the accounts of budgets put in force after a revision where a call of {@code at} counts
   * whose charge had been taken back by then.
   */
  public List<Account> addedSince(
      Attribution who, ModelId model, Instant at, Instant now, int since) {
    return recharges.ofUncharged(inForce.budgets(), who, model, at, now, since);
  }

  /** Returns the session of a call and all above it, itself first; empty if it has none. */
  public List<String> lineage(Attribution who, Instant at) {
    return sessions.lineage(who, at);
  }

  /** Returns the session of a call that has been and all above it, without taking note of a use. */
  public List<String> seenLineage(Attribution who) {
    return sessions.seen(who);
  }

  static boolean sameWindow(Budget budget, Instant at, Instant now) {
    Window window = budget.window();
    return window.rolling() != null
        || window.endOf(at, zone(budget)).equals(window.endOf(now, zone(budget)));
  }

  private static List<Account> covering(List<Account> accounts, Instant at) {
    return accounts.stream()
        .filter(account -> !account.budget().passesOutside()
            || account.budget().window().covers(at, zone(account.budget())))
        .toList();
  }

  private Binding bind(InForce now, Call call, Instant at) {
    // Before the look: a link that comes meanwhile must make this binding one of the past.
    long lineages = sessions.version();
    List<String> lineage = sessions.lineage(call.who(), at);
    List<Account> accounts = new ArrayList<>(now.budgets().size());
    boolean own = true;
    for (Budget budget : now.budgets()) {
      for (String scope : Scopes.of(budget, call.who(), call.model(), lineage)) {
        Account account = ledger.open(budget, scope, at);
        if (account.scope().equals(Account.OVERFLOW)) {
          onOverflow.accept(budget);
          own = false;
        }
        accounts.add(account);
      }
    }
    Binding bound = new Binding(lineages, lineage, ledger.bind(accounts));
    if (own) {
      now.bindings().put(call, bound);
    }
    return bound;
  }

  /** Remembers what a call was charged, instead of what it was charged before. */
  public void charged(Attribution who, ModelId model, Instant at, Amounts charged, Amounts before) {
    history.add(who, model, at, charged, before);
  }

  /**
   * Puts other budgets in force. Those that count otherwise than before start with what was charged
   * in their present window, as far as it is known.
   *
   * @return those budgets, if not all is known by session and tag; else none
   */
  public List<Budget> revise(List<Budget> budgets, Instant now) {
    Succession succession = Succession.between(inForce.budgets(), budgets);
    List<Budget> fresh = ledger.revise(budgets);
    inForce = InForce.of(inForce.revision() + 1, budgets);
    recharges.revised(budgets, fresh, succession, inForce.revision(), now);
    return history.folded() ? fresh.stream().filter(Scopes::needsSessionOrTag).toList() : List.of();
  }

  /**
   * Returns how fast the budgets in force are spent, from what was charged of late.
   *
   * @param since when it began to be known
   */
  public BurnRates burnRates(Instant now, Instant since) {
    return BurnRates.of(history, inForce.budgets(), who -> sessions.lineage(who, now), now, since);
  }

  /**
   * Returns a daily cap for each value of a dimension that spent money on some day that is over, the
   * highest first.
   */
  public List<CapSuggestion> suggestedCaps(Dimension dimension, Instant now) {
    return ActiveDays.of(history, dimension, who -> sessions.lineage(who, now), now)
        .suggestions();
  }

  /** Returns what each value of a dimension spent of a part of it, in nano-dollars; a call counts once. */
  public Map<String, Long> spent(SpendFilter filter, Dimension dimension) {
    Map<String, Long> spent = new HashMap<>();
    for (SpendHistory.Fact fact : history.since(SpendHistory.quarterOf(filter.since()))) {
      if (filter.takes(fact, sessions.seen(fact.who()))) {
        String value = dimension.equals(Dimension.MODEL)
            ? fact.model().toString()
            : dimension.valueOf(fact.who(), fact.model());
        spent.merge(value, fact.charged().nanoUsd(), Tally::sum);
      }
    }
    return spent;
  }

  /** Returns how many calls each key made of each model since an instant, to the quarter of an hour. */
  public Map<String, Map<ModelId, Long>> requestsSince(Instant since) {
    Map<String, Map<ModelId, Long>> requests = new HashMap<>();
    for (SpendHistory.Fact fact : history.since(SpendHistory.quarterOf(since))) {
      String key = fact.who().key();
      if (key != null) {
        requests
            .computeIfAbsent(key, unseen -> new HashMap<>())
            .merge(fact.model(), Math.max(0, fact.charged().requests()), Tally::sum);
      }
    }
    return requests;
  }

  /** Forgets what is of no more use; looks at everything, so not for a call's thread. */
  public void sweep(Instant at) {
    sessions.sweep(at);
    history.condense(at);
  }

  static ZoneId zone(Budget budget) {
    @Nullable ZoneId zone = budget.zone();
    return Objects.requireNonNullElse(zone, ZoneOffset.UTC);
  }
}
