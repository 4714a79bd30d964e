package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger should do, written as plainly as possible for one thread: an account's numbers are
 * sums over all calls that were ever admitted, of those whose instant lies in its present window.
 */
final class LedgerModel {

  private static final int BUCKETS = 60;

  enum State {
    OPEN,
    PROVISIONAL,
    WRITTEN_OFF,
    ENDED
  }

  /** A call that was admitted, and the instant in whose window each of its accounts counts it. */
  static final class Call {
    final Amounts reserved;
    final Instant leaseEnd;
    final Map<Integer, Instant> times = new HashMap<>();
    final Map<Integer, Integer> sweeps = new HashMap<>();
    State state = State.OPEN;
    Amounts bill = Amounts.NONE;
    int leaseEnds;

    Call(Amounts reserved, Instant leaseEnd) {
      this.reserved = reserved;
      this.leaseEnd = leaseEnd;
    }
  }

  private final List<Budget> budgets;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Instant> latest = new HashMap<>();
  private final Set<Integer> living = new HashSet<>();
  private final Map<Integer, Integer> sweeps = new HashMap<>();
  private final Map<Integer, Long> grants = new HashMap<>();

  LedgerModel(List<Budget> budgets) {
    this.budgets = new ArrayList<>(budgets);
  }

  List<Call> calls() {
    return calls;
  }

  void limit(int account, Budget revised) {
    budgets.set(account, revised);
  }

  void grant(int account, long extra) {
    grants.put(account, extra);
  }

  /**
   * Returns null where the call is admitted, else why not.
   *
   * @param observed gets the accounts that only observe and had no room
   */
  @Nullable Reason reserve(
      List<Integer> accounts,
      Amounts amounts,
      Instant at,
      Instant leaseEnd,
      Set<Integer> observed) {
    Call call = new Call(amounts, leaseEnd);
    for (int account : new TreeSet<>(accounts)) {
      call.times.put(account, arrive(account, at));
      call.sweeps.put(account, sweeps.getOrDefault(account, 0));
    }
    if (blocking(call).stream().allMatch(account -> fits(call, account, true))) {
      admit(call, observed);
      return null;
    }
    reap(at);
    if (blocking(call).stream().allMatch(account -> fits(call, account, true))) {
      admit(call, observed); // a slot came back with a lease
      return null;
    }
    boolean spent = blocking(call).stream().anyMatch(a -> !fits(call, a, false));
    return spent ? Reason.EXHAUSTED : Reason.HELD;
  }

  private void admit(Call call, Set<Integer> observed) {
    Set<Integer> watching = new HashSet<>(call.times.keySet());
    watching.removeAll(blocking(call));
    watching.stream().filter(account -> !fits(call, account, true)).forEach(observed::add);
    calls.add(call);
  }

  private Set<Integer> blocking(Call call) {
    Set<Integer> blocking = new TreeSet<>(call.times.keySet());
    blocking.removeIf(account -> budgets.get(account).enforcement() == Enforcement.OBSERVE);
    return blocking;
  }

  private boolean fits(Call call, int account, boolean withHeld) {
    long request = amount(call.reserved, account);
    Instant now = call.times.get(account);
    long taken = settled(account, now) + (withHeld ? held(account, now) : 0);
    return request == 0 || taken + request <= limit(account, now);
  }

  long limit(int account, Instant now) {
    Budget budget = budgets.get(account);
    return budget.window().covers(now, zone(account))
        ? budget.limit() + grants.getOrDefault(account, 0L)
        : 0;
  }

  Ending settle(Call call, Amounts bill) {
    Ending ending = switch (call.state) {
      case OPEN -> Ending.ENDED;
      case PROVISIONAL -> Ending.CORRECTED;
      case WRITTEN_OFF -> Ending.RECHARGED;
      case ENDED -> Ending.NONE;
    };
    if (ending != Ending.NONE) {
      call.state = State.ENDED;
      call.bill = bill;
      if (ending == Ending.RECHARGED) {
        call.times.replaceAll((account, time) -> rechargedAt(call, account, time));
      }
      // A charge where nothing was held brings an account back that was swept.
      call.times.keySet().stream()
          .filter(account -> amount(bill, account) > 0)
          .filter(account -> counts(account, call.times.get(account), latest.get(account)))
          .forEach(living::add);
    }
    return ending;
  }

  boolean abandon(Call call) {
    boolean open = call.state == State.OPEN;
    if (open) {
      call.state = State.PROVISIONAL;
      call.bill = call.reserved;
    }
    return open;
  }

  boolean writeOff(Call call) {
    boolean charged = call.state == State.PROVISIONAL;
    if (charged) {
      call.state = State.WRITTEN_OFF;
      call.bill = Amounts.NONE;
    }
    return charged;
  }

  /** An account that rolls and was swept since counts a charge from what it remembers last. */
  private Instant rechargedAt(Call call, int account, Instant time) {
    boolean another = budgets.get(account).window().rolling() != null
        && !call.sweeps.get(account).equals(sweeps.getOrDefault(account, 0));
    return another && amount(call.bill, account) > 0 && counts(account, time, latest.get(account))
        ? seenAs(account, time)
        : time;
  }

  int reap(Instant at) {
    int reaped = 0;
    for (Call call : calls) {
      if (!call.leaseEnd.isAfter(at) && abandon(call)) {
        call.leaseEnds++;
        reaped++;
      }
    }
    return reaped;
  }

  /** An account that is swept remembers nothing of the time before. */
  void sweep(Instant at) {
    latest.replaceAll((account, before) -> {
      if (!living.contains(account)) {
        return before;
      }
      Instant now = seenAs(account, at);
      boolean over = settled(account, now) + held(account, now) == 0;
      boolean rolling = budgets.get(account).window().rolling() != null;
      boolean moved = !counts(account, before, now);
      if (over || (moved && !rolling)) {
        living.remove(account);
        sweeps.merge(account, 1, Integer::sum);
      }
      return rolling || moved ? now : before;
    });
  }

  private Instant arrive(int account, Instant at) {
    living.add(account);
    latest.merge(account, at, (a, b) -> a.isAfter(b) ? a : b);
    return latest.get(account);
  }

  /** Returns the instant as which an account takes {@code at}: never before its latest. */
  Instant seenAs(int account, Instant at) {
    Instant before = latest.getOrDefault(account, Instant.MIN);
    return at.isAfter(before) ? at : before;
  }

  long settled(int account, Instant now) {
    if (budgets.get(account).measure() == Measure.CONCURRENT_CALLS) {
      return 0;
    }
    return calls.stream()
        .filter(call -> call.times.containsKey(account))
        .filter(call -> counts(account, call.times.get(account), now))
        .mapToLong(call -> amount(call.bill, account))
        .sum();
  }

  /** A rolling window counts what is held whenever it was; a calendar window only its own. */
  long held(int account, Instant now) {
    boolean rolling = budgets.get(account).window().rolling() != null;
    return calls.stream()
        .filter(call -> call.state == State.OPEN && call.times.containsKey(account))
        .filter(call -> rolling || counts(account, call.times.get(account), now))
        .mapToLong(call -> amount(call.reserved, account))
        .sum();
  }

  private boolean counts(int account, Instant spent, Instant now) {
    Budget budget = budgets.get(account);
    Duration rolling = budget.window().rolling();
    if (rolling == null) {
      return budget
          .window()
          .endOf(spent, zone(account))
          .equals(budget.window().endOf(now, zone(account)));
    }
    long width = (rolling.toNanos() + BUCKETS - 1) / BUCKETS;
    return bucket(now, width) - bucket(spent, width) <= BUCKETS;
  }

  private static long bucket(Instant at, long width) {
    long nanos = at.getEpochSecond() * 1_000_000_000 + at.getNano();
    return Math.floorDiv(nanos, width);
  }

  private ZoneId zone(int account) {
    return Objects.requireNonNullElse(budgets.get(account).zone(), ZoneOffset.UTC);
  }

  private long amount(Amounts amounts, int account) {
    return amounts.of(budgets.get(account).measure());
  }
}
