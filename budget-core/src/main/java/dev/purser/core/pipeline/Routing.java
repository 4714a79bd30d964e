package dev.purser.core.pipeline;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Downgrade;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.RoutingRules;
import dev.purser.api.Usage;
import dev.purser.api.VirtualKey;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.pipeline.Identification.Caller;
import dev.purser.core.route.Route;
import dev.purser.core.route.RouteFacts;
import dev.purser.core.route.Routes;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ledger;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says which model a call is sent to, by its task class and by what its budgets, key and prices say. */
final class Routing {

  private static final long PERCENT = 100;

  /** A character has three bytes of UTF-8 at most, and a token one at least. */
  private static final long MOST_TOKENS_A_CHARACTER = 3;

  private final Routes routes;
  private final Stages stages;
  private final BudgetBook budgets;
  private final Ledger ledger;
  private final RevisionGate gate;
  private final Notices notices;

  Routing(
      Routes routes,
      Stages stages,
      BudgetBook budgets,
      Ledger ledger,
      RevisionGate gate,
      Notices notices) {
    this.routes = routes;
    this.stages = stages;
    this.budgets = budgets;
    this.ledger = ledger;
    this.gate = gate;
    this.notices = notices;
  }

  /** Returns who makes the call, with the task class that it is taken for. */
  Caller classified(CallIntent intent, Caller caller) {
    if (routes.isEmpty()) {
      return caller;
    }
    try {
      return caller.ofTaskClass(routes.classOf(intent, caller.who().taskClass()));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      notices.fault("classifier", e);
      return caller;
    }
  }

  /**
   * Returns where the call goes; null if it was tried and there is no other model for it.
   *
   * @param caller classified
   */
  @Nullable Route of(CallIntent intent, Caller caller, Instant now, Settings settings) {
    if (intent.tried().isEmpty()) {
      ModelId model = stages.route(intent);
      if (!model.equals(intent.model())) {
        return new Route(model, "router", false);
      }
    }
    Route route = routes.isEmpty()
        ? null
        : routes.of(intent, caller.who().taskClass(), new Facts(intent, caller, now, settings));
    return route == null && intent.tried().isEmpty() ? new Route(intent.model(), "", false) : route;
  }

  /** Returns the rules in force. */
  RoutingRules rules() {
    return routes.rules();
  }

  /** Takes back that a call would be sent. */
  void unused(Route route) {
    if (route.watched()) {
      routes.unused(route.model());
    }
  }

  private final class Facts implements RouteFacts {
    private final CallIntent intent;
    private final Caller caller;
    private final Instant now;
    private final Settings settings;

    Facts(CallIntent intent, Caller caller, Instant now, Settings settings) {
      this.intent = intent;
      this.caller = caller;
      this.now = now;
      this.settings = settings;
    }

    @Override
    public boolean allows(ModelId model) {
      VirtualKey key = caller.key();
      return key == null || key.allows(model);
    }

    @Override
    public @Nullable Use use(ModelId model, @Nullable String budget) {
      return most(model, each -> budget == null || each.name().equals(budget));
    }

    @Override
    public @Nullable Wanted downgrade(ModelId model) {
      for (Budget budget : budgets.budgets()) {
        Downgrade downgrade = budget.downgrade();
        Use use = downgrade == null ? null : most(model, each -> each.equals(budget));
        if (downgrade != null && use != null && use.percent() >= downgrade.atPercent()) {
          return new Wanted(use, downgrade.taskClass());
        }
      }
      return null;
    }

    private @Nullable Use most(ModelId model, Predicate<Budget> counts) {
      Use most = null;
      int passage = gate.enter();
      try {
        List<Account> covering = budgets.covering(caller.who(), model, now);
        for (Account account : covering) {
          Budget budget = account.budget();
          if (budget.measure() != Measure.CONCURRENT_CALLS && counts.test(budget)) {
            long percent = percent(ledger.balance(account, now));
            most =
                most == null || percent > most.percent() ? new Use(budget.name(), percent) : most;
          }
        }
      } finally {
        gate.leave(passage);
      }
      return most;
    }

    private static long percent(Balance balance) {
      long settled = Math.max(0, balance.settled());
      long limit = Math.max(1, balance.limit());
      return settled <= Long.MAX_VALUE / PERCENT
          ? settled * PERCENT / limit
          : settled / Math.max(1, limit / PERCENT);
    }

    private Quote quote(ModelId model) {
      return stages.quote(model, intent, now, settings.freeModels());
    }

    private Usage input(ModelId model) {
      return stages.estimate(model, intent, settings.strictEstimates());
    }

    @Override
    public boolean fits(ModelId model) {
      Quote quote = quote(model);
      long cap = intent.outputCap().orElse(0);
      long context = quote.contextTokens();
      if (quote.known() && cap > quote.maxOutputTokens()) {
        return false;
      }
      // Only where it is near is it worth an estimate.
      return context == 0
          || roughly() <= context - cap
          || input(model).inputTokens() <= context - cap;
    }

    private long roughly() {
      long most = intent.prompt().tokens() + intent.prompt().opaqueBytes();
      for (String text : intent.prompt().texts()) {
        most += MOST_TOKENS_A_CHARACTER * text.length();
      }
      return intent.prompt().media().isEmpty() ? most : Long.MAX_VALUE;
    }

    @Override
    public long worstCaseNanoUsd(ModelId model) {
      Quote quote = quote(model);
      WorstCase worst = new WorstCase(input(model), intent.choices(), quote);
      return worst.amounts(intent.outputCap().orElse(quote.maxOutputTokens())).nanoUsd();
    }
  }
}
