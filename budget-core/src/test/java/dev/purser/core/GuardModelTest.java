package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.spi.Balance;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random schedules of calls, endings, lease ends, time and changes of the budgets in force: the guard
 * does what {@link GuardModel} does.
 */
class GuardModelTest {

  private static final Duration LEASE = Duration.ofMinutes(45);

  private static final List<Attribution> WHO = List.of(
      Attribution.key("a").team("x").session("root"),
      Attribution.key("a").team("x").session("child").parent("root"),
      Attribution.key("b").team("x").session("grandchild").parent("child"),
      Attribution.key("b").team("y").session("other"),
      Attribution.key("c").team("y"));

  private static final List<Budget> BUDGETS = List.of(
          Budget.daily("money", Usd.of("0.09")).per(Dimension.KEY),
          Budget.daily("money", Usd.of("0.12")).per(Dimension.TEAM),
          Budget.daily("money", Usd.of("0.05")).per(Dimension.SESSION),
          Budget.monthly("month", Usd.of("0.30")),
          Budget.of("tokens", Measure.TOKENS, 9_000, Window.HOUR).per(Dimension.TEAM),
          Budget.of("tokens", Measure.OUTPUT_TOKENS, 20_000, Window.WEEK),
          Budget.of("calls", Measure.REQUESTS, 5, Window.HOUR).per(Dimension.KEY, Dimension.TEAM),
          Budget.concurrent("slots", 3).per(Dimension.SESSION),
          Budget.concurrent("slots", 4),
          Budget.total("all", Usd.of("0.60")),
          Budget.total("everything", Usd.of("0.50")))
      .stream()
      .map(budget -> budget.zone(ZoneOffset.UTC))
      .toList();

  private enum Kind {
    ADMIT,
    SETTLE,
    RELEASE,
    ABANDON,
    CLOCK,
    REAP,
    REVISE
  }

  private record Step(Kind kind, int which, int tokens, List<Integer> budgets) {}

  @Provide
  Arbitrary<List<Step>> schedules() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(
        Tuple.of(8, Kind.ADMIT),
        Tuple.of(4, Kind.SETTLE),
        Tuple.of(1, Kind.RELEASE),
        Tuple.of(1, Kind.ABANDON),
        Tuple.of(2, Kind.CLOCK),
        Tuple.of(1, Kind.REAP),
        Tuple.of(2, Kind.REVISE));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 4_000),
            budgetSets())
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  private static Arbitrary<List<Integer>> budgetSets() {
    return Arbitraries.integers()
        .between(0, BUDGETS.size() - 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** Returns the chosen budgets, of two with the same name the first. */
  private static List<Budget> set(List<Integer> indexes) {
    List<Budget> chosen = new ArrayList<>();
    for (int index : indexes) {
      Budget budget = BUDGETS.get(index);
      if (chosen.stream().noneMatch(other -> other.name().equals(budget.name()))) {
        chosen.add(budget);
      }
    }
    return chosen;
  }

  @Property(tries = 10_000)
  @Tag("long")
  void theGuardDoesWhatTheModelDoesForALongTime(
      @ForAll("schedules") List<Step> steps, @ForAll("schedules") List<Step> first) {
    theGuardDoesWhatTheModelDoes(steps, first);
  }

  @Property(tries = 400)
  void theGuardDoesWhatTheModelDoes(
      @ForAll("schedules") List<Step> steps, @ForAll("schedules") List<Step> first) {
    List<Budget> start = set(first.isEmpty() ? List.of(0, 3) : first.get(0).budgets());
    try (Comparison comparison = new Comparison(start)) {
      for (Step step : steps) {
        comparison.apply(step);
        comparison.check();
      }
    }
  }

  private static final class Comparison implements AutoCloseable {

    private final Guard guard;
    private final GuardModel model;
    private final List<Reservation> reservations = new ArrayList<>();
    private List<Budget> budgets;

    Comparison(List<Budget> start) {
      budgets = start;
      guard = new Guard(
          builder -> Guard.with(builder.owner("dana").lease(LEASE), start.toArray(Budget[]::new)));
      model = new GuardModel(start);
      // So that every session's parent is known from the start: one that is found later pays from
      // then on only.
      for (Attribution who : WHO) {
        guard.hold(Guard.call(0, who)).release();
        model.knows(who);
      }
    }

    void apply(Step step) {
      Instant now = guard.clock.instant();
      switch (step.kind()) {
        case ADMIT -> admit(step, now);
        case CLOCK -> guard.clock.forward(Duration.ofMinutes(step.tokens() / 20));
        case REAP -> {
          guard.ledger.reap(now);
          model.reap(now);
        }
        case REVISE -> {
          budgets = set(step.budgets());
          guard.purser.revise(budgets);
          model.revise(budgets);
        }
        case SETTLE, RELEASE, ABANDON -> {
          if (!reservations.isEmpty()) {
            end(step);
          }
        }
      }
    }

    private void admit(Step step, Instant now) {
      Attribution who = WHO.get(step.which() % WHO.size());
      Admission admission = guard.admit(Guard.call(step.tokens(), who));
      var reason = model.admit(who, step.tokens(), now, now.plus(LEASE));
      if (admission instanceof Admission.Admitted admitted) {
        assertThat(reason).isNull();
        reservations.add(admitted.reservation());
      } else {
        assertThat(((Admission.Refused) admission).refusal().reason()).isEqualTo(reason);
      }
    }

    private void end(Step step) {
      int index = Math.max(0, reservations.size() - 1 - step.which());
      Reservation reservation = reservations.get(index);
      GuardModel.Call call = model.calls().get(index);
      switch (step.kind()) {
        case SETTLE ->
          assertThat(reservation.settle(Usage.ofTokens(0, step.tokens())))
              .isEqualTo(GuardModel.settle(call, step.tokens(), true));
        case RELEASE ->
          assertThat(reservation.release()).isEqualTo(GuardModel.settle(call, 0, false));
        default ->
          assertThat(reservation.abandon(AbandonReason.STREAM_CUT))
              .isEqualTo(GuardModel.abandon(call));
      }
    }

    void check() {
      Instant now = guard.clock.instant();
      for (Budget budget : budgets) {
        for (String scope : model.scopesSeen(budget)) {
          Balance balance = guard.balance(budget.name(), scope);
          String where = budget.name() + " " + scope;
          assertThat(balance.settled()).as(where).isEqualTo(model.settled(budget, scope, now));
          assertThat(balance.held()).as(where).isEqualTo(model.held(budget, scope, now));
        }
      }
    }

    @Override
    public void close() {
      guard.close();
    }
  }
}
