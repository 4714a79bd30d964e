package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.demand;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import dev.purser.spi.Ticket;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random schedules over many budgets, measures and windows: the ledger does what {@link LedgerModel}
 * does, while limits change, something is granted, charges are written off and accounts are swept.
 */
class LedgerModelTest {

  private static final Instant START = Instant.parse("2026-03-07T12:00:00Z");
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  private static final List<Budget> BUDGETS = List.of(
      Budget.of("total", Measure.USD, 120, Window.TOTAL),
      Budget.of("day", Measure.USD, 40, Window.DAY),
      // A clock change lies within reach of the schedules.
      Budget.of("local day", Measure.USD, 30, Window.DAY).zone(LOS_ANGELES),
      Budget.of("hour", Measure.OUTPUT_TOKENS, 50, Window.HOUR),
      Budget.of("tokens", Measure.TOKENS, 50, Window.week(DayOfWeek.SUNDAY)).zone(LOS_ANGELES),
      Budget.of("requests", Measure.REQUESTS, 4, Window.quarter(Month.MARCH)),
      Budget.of("slots", Measure.CONCURRENT_CALLS, 3, Window.TOTAL),
      Budget.of("rolling", Measure.USD, 60, Window.rolling(Duration.ofHours(7))),
      Budget.of("short", Measure.INPUT_TOKENS, 45, Window.rolling(Duration.ofMinutes(50))),
      Budget.of(
          "sprint",
          Measure.USD,
          80,
          Window.days(LocalDate.of(2026, 3, 8), LocalDate.of(2026, 3, 9))),
      Budget.of("dry run", Measure.USD, 20, Window.DAY).observe(),
      Budget.of("dry rolling", Measure.USD, 20, Window.rolling(Duration.ofHours(3)))
          .observe(),
      Budget.of("dry slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL).observe());

  private enum Kind {
    RESERVE,
    SETTLE,
    RELEASE,
    ABANDON,
    WRITE_OFF,
    REAP,
    CLOCK,
    SWEEP,
    LIMIT,
    GRANT
  }

  /**
   * One operation.
   *
   * @param which the call to end, counted back from the latest, or the accounts to take
   * @param amounts to reserve or to settle
   * @param minutes how long the lease lasts, or how far the clock moves
   */
  private record Step(Kind kind, List<Integer> which, Amounts amounts, int minutes) {}

  @Provide
  Arbitrary<List<Step>> schedules() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(
        Tuple.of(8, Kind.RESERVE),
        Tuple.of(4, Kind.SETTLE),
        Tuple.of(1, Kind.RELEASE),
        Tuple.of(2, Kind.ABANDON),
        Tuple.of(2, Kind.WRITE_OFF),
        Tuple.of(1, Kind.REAP),
        Tuple.of(3, Kind.CLOCK),
        Tuple.of(1, Kind.SWEEP),
        Tuple.of(1, Kind.LIMIT),
        Tuple.of(1, Kind.GRANT));
    Arbitrary<List<Integer>> which = Arbitraries.integers()
        .between(0, BUDGETS.size() - 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
    Arbitrary<Amounts> amounts = Combinators.combine(
            Arbitraries.longs().between(0, 45),
            Arbitraries.longs().between(0, 35),
            Arbitraries.longs().between(0, 35),
            Arbitraries.longs().between(0, 2))
        .as(Amounts::new);
    Arbitrary<Integer> minutes = Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(-40, 90)),
        Tuple.of(1, Arbitraries.integers().between(-300, 1500)));
    return Combinators.combine(kinds, which, amounts, minutes)
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 50_000)
  @Tag("long")
  void theLedgerDoesWhatTheModelDoesForALongTime(@ForAll("schedules") List<Step> steps) {
    theLedgerDoesWhatTheModelDoes(steps);
  }

  /** Where accounts are bound: those that a reservation names first stand for the same few each time. */
  @Property(tries = 1000)
  void boundAccountsDoWhatTheModelDoes(@ForAll("schedules") List<Step> steps) {
    Comparison comparison = new Comparison();
    Map<Integer, List<Integer>> sets = new HashMap<>();
    for (Step step : steps) {
      List<Integer> which = step.kind() == Kind.RESERVE
          ? sets.computeIfAbsent(step.which().get(0) % 3, first -> step.which())
          : step.which();
      comparison.apply(new Step(step.kind(), which, step.amounts(), step.minutes()));
      comparison.check();
    }
  }

  @Property(tries = 2000)
  void theLedgerDoesWhatTheModelDoes(@ForAll("schedules") List<Step> steps) {
    Comparison comparison = new Comparison();
    for (Step step : steps) {
      comparison.apply(step);
      comparison.check();
    }
  }

  /** The ledger and its model, side by side. */
  private static final class Comparison {

    private final Ledger ledger = new BoundAccounts(new InMemoryLedger());
    private final LedgerModel model = new LedgerModel(BUDGETS);
    private final List<Budget> budgets = new ArrayList<>(BUDGETS);
    private final List<Account> accounts = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<AtomicInteger> leaseEnds = new ArrayList<>();
    private Instant now = START;

    Comparison() {
      ledger.revise(budgets);
      budgets.forEach(budget -> accounts.add(ledger.open(budget, "", START)));
    }

    void apply(Step step) {
      switch (step.kind()) {
        case RESERVE -> reserve(step);
        case REAP -> assertThat(ledger.reap(now)).isEqualTo(model.reap(now));
        case CLOCK -> now = now.plus(Duration.ofMinutes(step.minutes()));
        case SWEEP -> {
          ledger.sweep(now);
          model.sweep(now);
        }
        case LIMIT -> limit(step);
        case GRANT -> grant(step);
        case SETTLE, RELEASE, ABANDON, WRITE_OFF -> {
          if (!tickets.isEmpty()) {
            end(step);
          }
        }
      }
    }

    private void limit(Step step) {
      int which = step.which().get(0);
      Budget revised = budgets.get(which).limit(1 + step.amounts().nanoUsd());
      budgets.set(which, revised);
      assertThat(ledger.revise(budgets)).isEmpty();
      model.limit(which, revised);
    }

    private void grant(Step step) {
      int which = step.which().get(0);
      long extra = step.amounts().nanoUsd();
      ledger.grant(budgets.get(which), "", extra);
      model.grant(which, extra);
    }

    private void reserve(Step step) {
      Instant leaseEnd = now.plus(Duration.ofMinutes(step.minutes()));
      AtomicInteger ends = new AtomicInteger();
      Reserved reserved = ledger.reserve(demand(
          now,
          leaseEnd,
          step.amounts(),
          ends::incrementAndGet,
          step.which().stream().map(accounts::get).toArray(Account[]::new)));
      Set<Integer> observed = new HashSet<>();
      var reason = model.reserve(step.which(), step.amounts(), now, leaseEnd, observed);
      if (reserved instanceof Reserved.Held held) {
        assertThat(reason).isNull();
        assertThat(held.observed())
            .extracting(would -> would.account().budget().name())
            .containsExactlyInAnyOrderElementsOf(
                observed.stream().map(i -> budgets.get(i).name()).toList());
        tickets.add(held.ticket());
        leaseEnds.add(ends);
      } else {
        assertThat(((Reserved.Refused) reserved).reason()).isEqualTo(reason);
      }
    }

    private void end(Step step) {
      int index = Math.max(0, tickets.size() - 1 - step.which().get(0));
      Ticket ticket = tickets.get(index);
      LedgerModel.Call call = model.calls().get(index);
      switch (step.kind()) {
        case SETTLE -> {
          Amounts bill = bill(call.reserved, step.amounts());
          assertThat(ticket.settle(bill)).isEqualTo(model.settle(call, bill));
        }
        case RELEASE -> assertThat(ticket.release()).isEqualTo(model.settle(call, Amounts.NONE));
        case WRITE_OFF -> assertThat(ticket.writeOff()).isEqualTo(model.writeOff(call));
        default -> assertThat(ticket.abandon()).isEqualTo(model.abandon(call));
      }
    }

    /**
     * A bill for nothing where nothing was reserved: when a rolling account was swept meanwhile, such a
     * charge counts from a later time on, which the model does not know.
     */
    private static Amounts bill(Amounts reserved, Amounts wanted) {
      return new Amounts(
          reserved.nanoUsd() == 0 ? 0 : wanted.nanoUsd(),
          reserved.inputTokens() == 0 ? 0 : wanted.inputTokens(),
          wanted.outputTokens(),
          wanted.requests());
    }

    void check() {
      for (int i = 0; i < accounts.size(); i++) {
        Instant seen = model.seenAs(i, now);
        Balance balance = ledger.balance(accounts.get(i), now);
        assertThat(balance.settled()).as(budgets.get(i).name()).isEqualTo(model.settled(i, seen));
        assertThat(balance.held()).as(budgets.get(i).name()).isEqualTo(model.held(i, seen));
        assertThat(balance.limit()).isEqualTo(model.limit(i, seen));
        Room room = ledger.room(List.of(accounts.get(i)), now);
        Measure measure = budgets.get(i).measure();
        if (budgets.get(i).enforcement() == dev.purser.api.Enforcement.BLOCK) {
          assertThat(room.of(measure)).isEqualTo(Math.max(0, balance.remaining()));
        } else {
          assertThat(room.of(measure)).isEqualTo(Long.MAX_VALUE);
        }
      }
      for (int i = 0; i < leaseEnds.size(); i++) {
        assertThat(leaseEnds.get(i)).hasValue(model.calls().get(i).leaseEnds);
      }
    }
  }
}
