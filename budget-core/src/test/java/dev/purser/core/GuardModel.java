package dev.purser.core;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a guard should do, written for one thread and a clock that only moves forward: a list of calls,
 * and sums over it. Which budgets are in force makes no difference to what is known of the calls.
 */
final class GuardModel {

  enum State {
    OPEN,
    PROVISIONAL,
    ENDED
  }

  /** A call that was admitted; amounts are tokens, which cost 10,000 nano-dollars each. */
  static final class Call {
    final Attribution who;
    final Instant at;
    final Instant leaseEnd;
    final long reserved;
    State state = State.OPEN;
    long bill;
    boolean counted = true;

    Call(Attribution who, Instant at, Instant leaseEnd, long reserved) {
      this.who = who;
      this.at = at;
      this.leaseEnd = leaseEnd;
      this.reserved = reserved;
    }
  }

  private final Map<String, String> parents = new TreeMap<>();
  private final List<Call> calls = new ArrayList<>();
  private List<Budget> budgets;

  GuardModel(List<Budget> budgets) {
    this.budgets = budgets;
  }

  void revise(List<Budget> revised) {
    budgets = revised;
  }

  void knows(Attribution who) {
    if (who.session() != null && who.parent() != null) {
      parents.putIfAbsent(who.session(), who.parent());
    }
  }

  List<Call> calls() {
    return calls;
  }

  /** Returns null where the call is admitted, else the reason. */
  @Nullable Reason admit(Attribution who, long tokens, Instant now, Instant leaseEnd) {
    Call call = new Call(who, now, leaseEnd, tokens);
    if (!fits(call, now, true)) {
      reap(now);
      if (!fits(call, now, true)) {
        return fits(call, now, false) ? Reason.HELD : Reason.EXHAUSTED;
      }
    }
    calls.add(call);
    return null;
  }

  private boolean fits(Call call, Instant now, boolean withHeld) {
    for (Budget budget : budgets) {
      for (String scope : scopes(budget, call.who)) {
        long request = amount(budget, call.reserved, 1);
        long taken = settled(budget, scope, now) + (withHeld ? held(budget, scope, now) : 0);
        if (request > 0 && taken + request > budget.limit()) {
          return false;
        }
      }
    }
    return true;
  }

  void reap(Instant now) {
    calls.stream().filter(call -> !call.leaseEnd.isAfter(now)).forEach(GuardModel::abandon);
  }

  static boolean abandon(Call call) {
    boolean open = call.state == State.OPEN;
    if (open) {
      call.state = State.PROVISIONAL;
      call.bill = call.reserved;
    }
    return open;
  }

  static boolean settle(Call call, long tokens, boolean counted) {
    boolean ends = call.state != State.ENDED;
    if (ends) {
      call.state = State.ENDED;
      call.bill = tokens;
      call.counted = counted;
    }
    return ends;
  }

  Set<String> scopesSeen(Budget budget) {
    Set<String> scopes = new TreeSet<>();
    calls.forEach(call -> scopes.addAll(scopes(budget, call.who)));
    return scopes;
  }

  long settled(Budget budget, String scope, Instant now) {
    if (budget.measure() == Measure.CONCURRENT_CALLS) {
      return 0;
    }
    return calls.stream()
        .filter(call -> call.state != State.OPEN && counts(budget, scope, call, now))
        .mapToLong(call -> amount(budget, call.bill, call.counted ? 1 : 0))
        .sum();
  }

  long held(Budget budget, String scope, Instant now) {
    return calls.stream()
        .filter(call -> call.state == State.OPEN && counts(budget, scope, call, now))
        .mapToLong(call -> amount(budget, call.reserved, 1))
        .sum();
  }

  private boolean counts(Budget budget, String scope, Call call, Instant now) {
    return scopes(budget, call.who).contains(scope)
        && budget
            .window()
            .endOf(call.at, java.time.ZoneOffset.UTC)
            .equals(budget.window().endOf(now, java.time.ZoneOffset.UTC));
  }

  private Set<String> scopes(Budget budget, Attribution who) {
    Set<String> scopes = new LinkedHashSet<>();
    Set<String> lineage = new LinkedHashSet<>();
    String session = who.session();
    while (session != null && lineage.add(session)) {
      session = parents.get(session);
    }
    boolean perSession = budget.dimensions().contains(Dimension.SESSION);
    if (perSession && !lineage.isEmpty()) {
      lineage.forEach(each -> scopes.add(scope(budget, who.session(each))));
    } else {
      scopes.add(scope(budget, who));
    }
    return scopes;
  }

  private static String scope(Budget budget, Attribution who) {
    List<String> parts = new ArrayList<>();
    for (Dimension dimension : budget.dimensions()) {
      parts.add(dimension.name() + "=" + dimension.valueOf(who, Guard.GPT_4O));
    }
    return String.join(",", parts);
  }

  private static long amount(Budget budget, long tokens, long requests) {
    return switch (budget.measure()) {
      case USD -> tokens * 10_000;
      case TOKENS, OUTPUT_TOKENS -> tokens;
      case INPUT_TOKENS -> 0;
      case REQUESTS, CONCURRENT_CALLS -> requests;
    };
  }
}
