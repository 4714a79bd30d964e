package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.demand;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random sequences of operations: the ledger does what {@link LedgerModel} does. */
class LedgerModelTest {

  private static final Instant START = Instant.parse("2026-03-07T12:00:00Z");
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  private static final List<Budget> BUDGETS = List.of(
      Budget.of("total", Measure.USD, 120, Window.TOTAL).zone(ZoneOffset.UTC),
      Budget.of("day", Measure.USD, 40, Window.DAY).zone(ZoneOffset.UTC),
      // A clock change lies within reach of the sequences.
      Budget.of("local day", Measure.USD, 30, Window.DAY).zone(LOS_ANGELES),
      Budget.of("tokens", Measure.TOKENS, 50, Window.DAY).zone(LOS_ANGELES),
      Budget.of("requests", Measure.REQUESTS, 4, Window.DAY).zone(ZoneOffset.UTC));

  private enum Kind {
    RESERVE,
    SETTLE,
    RELEASE,
    ABANDON,
    REAP,
    CLOCK
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
  Arbitrary<List<Step>> sequences() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(
        Tuple.of(6, Kind.RESERVE),
        Tuple.of(3, Kind.SETTLE),
        Tuple.of(1, Kind.RELEASE),
        Tuple.of(1, Kind.ABANDON),
        Tuple.of(1, Kind.REAP),
        Tuple.of(3, Kind.CLOCK));
    Arbitrary<List<Integer>> which = Arbitraries.integers()
        .between(0, BUDGETS.size() - 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
    Arbitrary<Amounts> amounts = Combinators.combine(
            Arbitraries.longs().between(0, 45),
            Arbitraries.longs().between(0, 55),
            Arbitraries.longs().between(0, 2))
        .as(Amounts::new);
    Arbitrary<Integer> minutes = Arbitraries.integers().between(-300, 1500);
    return Combinators.combine(kinds, which, amounts, minutes)
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 800)
  void theLedgerDoesWhatTheModelDoes(@ForAll("sequences") List<Step> steps) {
    Comparison comparison = new Comparison();
    for (Step step : steps) {
      comparison.apply(step);
      comparison.check();
    }
  }

  /** The ledger and its model, side by side. */
  private static final class Comparison {

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final LedgerModel model = new LedgerModel(BUDGETS);
    private final List<Account> accounts = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<AtomicInteger> leaseEnds = new ArrayList<>();
    private Instant now = START;

    Comparison() {
      BUDGETS.forEach(budget -> accounts.add(ledger.open(budget, "")));
    }

    void apply(Step step) {
      switch (step.kind()) {
        case RESERVE -> reserve(step);
        case REAP -> assertThat(ledger.reap(now)).isEqualTo(model.reap(now));
        case CLOCK -> now = now.plus(Duration.ofMinutes(step.minutes()));
        case SETTLE, RELEASE, ABANDON -> {
          if (!tickets.isEmpty()) {
            end(step);
          }
        }
      }
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
      var reason = model.reserve(step.which(), step.amounts(), now, leaseEnd);
      if (reserved instanceof Reserved.Held held) {
        assertThat(reason).isNull();
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
        case SETTLE ->
          assertThat(ticket.settle(step.amounts())).isEqualTo(model.settle(call, step.amounts()));
        case RELEASE -> assertThat(ticket.release()).isEqualTo(model.settle(call, Amounts.NONE));
        default -> assertThat(ticket.abandon()).isEqualTo(model.abandon(call));
      }
    }

    void check() {
      for (int i = 0; i < accounts.size(); i++) {
        LocalDate window = model.window(i, now);
        Balance balance = ledger.balance(accounts.get(i), now);
        assertThat(balance.settled()).isEqualTo(model.settled(i, window));
        assertThat(balance.held()).isEqualTo(model.held(i, window));
        Amounts room = ledger.room(List.of(accounts.get(i)), now);
        assertThat(room.of(BUDGETS.get(i).measure())).isEqualTo(Math.max(0, balance.remaining()));
      }
      for (int i = 0; i < leaseEnds.size(); i++) {
        assertThat(leaseEnds.get(i)).hasValue(model.calls().get(i).leaseEnds);
      }
    }
  }
}
