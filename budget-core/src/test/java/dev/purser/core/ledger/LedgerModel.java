package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Window;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket.Ending;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger should do, written as plainly as possible for one thread: windows are dates, an
 * account's numbers are sums over all calls that were ever admitted.
 */
final class LedgerModel {

  enum State {
    OPEN,
    PROVISIONAL,
    ENDED
  }

  /** A call that was admitted, and the date in whose window each of its accounts counts it. */
  static final class Call {
    final Amounts reserved;
    final Instant leaseEnd;
    final Map<Integer, LocalDate> windows = new HashMap<>();
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
  private final Map<Integer, LocalDate> latest = new HashMap<>();

  LedgerModel(List<Budget> budgets) {
    this.budgets = budgets;
  }

  List<Call> calls() {
    return calls;
  }

  /** Returns null where the call is admitted, else why not. */
  @Nullable Reason reserve(List<Integer> accounts, Amounts amounts, Instant at, Instant leaseEnd) {
    Call call = new Call(amounts, leaseEnd);
    for (int account : new TreeSet<>(accounts)) {
      latest.merge(account, date(account, at), (a, b) -> a.isAfter(b) ? a : b);
      call.windows.put(account, latest.get(account));
    }
    if (call.windows.keySet().stream().allMatch(account -> fits(call, account, true))) {
      calls.add(call);
      return null;
    }
    reap(at);
    boolean spent = call.windows.keySet().stream().anyMatch(a -> !fits(call, a, false));
    return spent ? Reason.EXHAUSTED : Reason.HELD;
  }

  private boolean fits(Call call, int account, boolean withHeld) {
    long request = amount(call.reserved, account);
    LocalDate window = call.windows.get(account);
    long taken = settled(account, window) + (withHeld ? held(account, window) : 0);
    return request == 0 || taken + request <= budgets.get(account).limit();
  }

  Ending settle(Call call, Amounts bill) {
    Ending ending = switch (call.state) {
      case OPEN -> Ending.ENDED;
      case PROVISIONAL -> Ending.CORRECTED;
      case ENDED -> Ending.NONE;
    };
    if (ending != Ending.NONE) {
      call.state = State.ENDED;
      call.bill = bill;
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

  /** Returns the date whose window a call would meet. */
  LocalDate window(int account, Instant at) {
    LocalDate date = date(account, at);
    LocalDate before = latest.getOrDefault(account, LocalDate.MIN);
    return date.isAfter(before) ? date : before;
  }

  long settled(int account, LocalDate window) {
    return calls.stream()
        .filter(call -> window.equals(call.windows.get(account)))
        .mapToLong(call -> amount(call.bill, account))
        .sum();
  }

  long held(int account, LocalDate window) {
    return calls.stream()
        .filter(call -> call.state == State.OPEN && window.equals(call.windows.get(account)))
        .mapToLong(call -> amount(call.reserved, account))
        .sum();
  }

  private LocalDate date(int account, Instant at) {
    Budget budget = budgets.get(account);
    ZoneId zone = budget.zone();
    return budget.window() == Window.TOTAL ? LocalDate.EPOCH : LocalDate.ofInstant(at, zone);
  }

  private long amount(Amounts amounts, int account) {
    return amounts.of(budgets.get(account).measure());
  }
}
