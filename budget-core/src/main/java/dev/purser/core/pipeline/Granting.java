package dev.purser.core.pipeline;

import dev.purser.api.Budget;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.core.alert.CapWatch;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.budget.Scopes;
import dev.purser.core.grant.GrantBook;
import dev.purser.core.grant.GrantBook.Place;
import dev.purser.core.grant.GrantTerms;
import dev.purser.core.waiting.WaitingRoom;
import dev.purser.spi.Account;
import dev.purser.spi.Ledger;
import dev.purser.spi.Succession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts grants in force and ends them. Limits change while no call is admitted, so that no call is
 * admitted against a grant that is over; whoever may have waited for it is woken.
 *
 * <p>Safe for use by several threads, but by none inside a passage through the gate.
 */
public final class Granting {

  /** Who ends a grant that nobody ended. */
  private static final String ITSELF = "purser";

  private final CallIds ids = new CallIds();
  private final GrantBook book = new GrantBook();
  private final Ledger ledger;
  private final CapWatch caps;
  private final BudgetBook budgets;
  private final RevisionGate gate;
  private final WaitingRoom waitingRoom;
  private final Recorder recorder;
  private final InstantSource clock;

  Granting(
      Ledger ledger,
      CapWatch caps,
      BudgetBook budgets,
      RevisionGate gate,
      WaitingRoom waitingRoom,
      Recorder recorder,
      InstantSource clock) {
    this.ledger = ledger;
    this.caps = caps;
    this.budgets = budgets;
    this.gate = gate;
    this.waitingRoom = waitingRoom;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Puts a grant in force.
   *
   * @throws IllegalArgumentException if something of it is wrong; then nothing changes
   */
  public GrantInForce grant(Grant grant) {
    withdrawEnded(clock.instant());
    List<GrantInForce> granted = new ArrayList<>(1);
    gate.change(() -> {
      Instant now = clock.instant();
      Budget budget = budgetOf(grant);
      GrantInForce agreed = new GrantTerms(grant, budget, now).agreed("grant-" + ids.next());
      checkScope(budget, grant.scope(), now);
      // Before it is in force: what is spent of it must not stand in the log without it.
      recorder.control(record(Kind.GRANTED, agreed, agreed.by(), agreed.why(), agreed.at()));
      book.add(agreed);
      apply(agreed);
      granted.add(agreed);
    });
    waitingRoom.roomEverywhere();
    return granted.get(0);
  }

  /** Puts a grant of before a restart in force, or tells why it ended. */
  void restore(ControlRecord granted, Instant now) {
    GrantInForce grant = read(granted);
    Budget budget = named(grant.budget()).orElse(null);
    if (budget == null || budget.measure() != grant.measure() || !fits(budget, grant.scope())) {
      String why = "after a restart, no budget has such an account any more";
      recorder.control(record(Kind.GRANT_ENDED, grant, ITSELF, why, now));
    } else {
      book.add(grant);
      apply(grant);
    }
  }

  private Budget budgetOf(Grant grant) {
    return named(grant.budget())
        .orElseThrow(() -> new IllegalArgumentException(budgets.budgets().stream()
            .map(budget -> "\"" + budget.name() + "\"")
            .collect(Collectors.joining(
                ", ", "there is no budget \"" + grant.budget() + "\", only ", ""))));
  }

  private Optional<Budget> named(String name) {
    return budgets.budgets().stream()
        .filter(budget -> budget.name().equals(name))
        .findFirst();
  }

  private void checkScope(Budget budget, String scope, Instant now) {
    String name = "budget \"" + budget.name() + "\"";
    if (!fits(budget, scope)) {
      String shape = budget.dimensions().stream()
          .map(dimension -> dimension.name() + "=…")
          .collect(Collectors.joining(","));
      throw new IllegalArgumentException(
          shape.isEmpty()
              ? name + " has only one account, so leave \"" + scope + "\" out"
              : name + " has an account for each \"" + shape + "\", but none \"" + scope + "\"");
    }
    if (scope.equals(Account.OVERFLOW)) {
      // Not opened here: once there is one, all further scopes share it.
      if (ledger.accounts().stream().noneMatch(account -> isShared(account, budget))) {
        throw new IllegalArgumentException(name + " has no account that others share");
      }
    } else if (!ledger.open(budget, scope, now).scope().equals(scope)) {
      throw new IllegalArgumentException(name + " has as many accounts as it may, and \"" + scope
          + "\" shares one with others: grant to \"" + Account.OVERFLOW
          + "\", or raise its maxAccounts");
    }
  }

  private static boolean isShared(Account account, Budget budget) {
    return account.scope().equals(Account.OVERFLOW)
        && account.budget().name().equals(budget.name());
  }

  private static boolean fits(Budget budget, String scope) {
    return Scopes.values(budget, scope).isPresent()
        || (scope.equals(Account.OVERFLOW) && !budget.dimensions().isEmpty());
  }

  /**
   * Ends a grant before its time.
   *
   * @return false if there is none of that id in force
   */
  public boolean end(String id, String by, String why) {
    withdrawEnded(clock.instant());
    List<GrantInForce> ended = new ArrayList<>(1);
    gate.change(() -> {
      GrantInForce found = book.remove(id);
      if (found != null) {
        apply(found);
        ended.add(found);
      }
    });
    tell(ended, by, why);
    return !ended.isEmpty();
  }

  /** Returns the grants in force, in the order in which they were made. */
  public List<GrantInForce> inForce() {
    withdrawEnded(clock.instant());
    return book.all();
  }

  /** Ends the grants whose time is over; one comparison if there are none. */
  void withdrawEnded(Instant now) {
    if (book.anyOver(now)) {
      withdraw(now);
    }
  }

  /** One at a time: of the many calls that find a grant over, one ends it and the others wait for that. */
  private synchronized void withdraw(Instant now) {
    if (book.anyOver(now)) {
      List<GrantInForce> over = new ArrayList<>();
      gate.change(() -> {
        over.addAll(book.removeOver(now));
        over.forEach(this::apply);
      });
      tell(over, ITSELF, "its time was over");
    }
  }

  private void tell(List<GrantInForce> ended, String by, String why) {
    if (!ended.isEmpty()) {
      // What others wait for may be spent now, and they must hear of it.
      waitingRoom.roomEverywhere();
      Instant now = clock.instant();
      ended.forEach(grant -> recorder.control(record(Kind.GRANT_ENDED, grant, by, why, now)));
    }
  }

  /** Follows the budgets; inside the change that put others in force. */
  void revised(List<Budget> before, Instant now) {
    List<Budget> after = budgets.budgets();
    book.follow(Succession.between(before, after), after, Granting::fits)
        .forEach(
            (grant, why) -> recorder.control(record(Kind.GRANT_ENDED, grant, ITSELF, why, now)));
    book.extras().keySet().forEach(this::apply);
  }

  private void apply(GrantInForce grant) {
    apply(new Place(grant.budget(), grant.scope()));
  }

  private void apply(Place place) {
    ledger.grant(named(place.budget()).orElseThrow(), place.scope(), book.extra(place));
    caps.limitsChanged();
  }

  /** Returns the accounts that something is granted to, and how much, in the unit of their budgets. */
  GrantBook book() {
    return book;
  }

  /** Reads what {@link #record} wrote. */
  private static GrantInForce read(ControlRecord record) {
    Map<String, String> facts = record.facts();
    String until = facts.get("until");
    return new GrantInForce(
        fact(facts, "grant"),
        fact(facts, "budget"),
        fact(facts, "scope"),
        Measure.valueOf(fact(facts, "measure")),
        Long.parseLong(fact(facts, "amount")),
        until == null ? null : Instant.parse(until),
        record.by(),
        record.why(),
        record.at());
  }

  private static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a grant without " + name);
    }
    return value;
  }

  private static ControlRecord record(
      Kind kind, GrantInForce grant, String by, String why, Instant at) {
    String account =
        grant.scope().isEmpty() ? grant.budget() : grant.budget() + " (" + grant.scope() + ")";
    ControlRecord record = ControlRecord.of(kind, account, by, why, at)
        .with("grant", grant.id())
        .with("budget", grant.budget())
        .with("scope", grant.scope())
        .with("measure", grant.measure())
        .with("amount", grant.amount())
        .with("granted_by", grant.by());
    Instant until = grant.until();
    return until == null ? record : record.with("until", until);
  }
}
