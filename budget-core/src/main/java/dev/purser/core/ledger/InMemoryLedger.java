package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in the memory of this process; without a journal over it a restart forgets them.
 *
 * <p><b>Unit:</b> nano-dollars, tokens, requests or calls, as the measure of each budget says.
 *
 * <p><b>Who may call it:</b> any thread; {@link #revise} while nothing else runs. Time is always an
 * argument; a clock that is set back stays in the latest window of each account.
 *
 * <p><b>Memory order:</b> one volatile compare-and-set per account and admission is what keeps the
 * cap. Accounts are not changed together: while one call takes several, or ends, another may see
 * some of them before and some after. Then the counters read too high, never too low, so a call may
 * be told {@code HELD} for another that is itself about to be refused, but no account is overdrawn
 * and {@code EXHAUSTED} rests on charges alone. With no other call running the counters are exact.
 *
 * <p><b>Progress:</b> {@link #reserve}, {@link #room}, {@link #balance}, {@link #reap} and the
 * tickets are lock-free. {@link #open} may wait for another thread that opens an account for the
 * first time; handles are meant to be kept.
 */
public final class InMemoryLedger implements Ledger {

  private final BudgetsInForce budgets = new BudgetsInForce();
  private final OpenTickets open = new OpenTickets();

  /** Creates a ledger without accounts. */
  public InMemoryLedger() {}

  @Override
  public List<Budget> revise(List<Budget> revised) {
    return budgets.revise(revised);
  }

  @Override
  public Account open(Budget budget, String scope, Instant at) {
    return budgets.accountsOf(budget).open(scope, at);
  }

  @Override
  public List<Account> bind(List<Account> accounts) {
    LedgerAccount[] known = new LedgerAccount[accounts.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = known(accounts.get(i));
    }
    return new Bound(budgets, known);
  }

  @Override
  public void onRoom(Consumer<Account> listener) {
    budgets.onRoom(listener);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if an account is not of this ledger
   */
  @Override
  public Reserved reserve(Demand demand) {
    while (true) {
      Reserved reserved = tryReserve(demand);
      if (reserved != null) {
        return reserved;
      }
      // An account was swept since it was looked up; now there is another.
    }
  }

  private @Nullable Reserved tryReserve(Demand demand) {
    Hold hold = new Hold(countersOf(demand.accounts(), demand.at()), demand.amounts());
    Hold.Shortage shortage = hold.take();
    if (shortage != null && !shortage.dead() && open.reap(demand.at()) > 0) {
      // What was held is charged now: the answer to this call may have become EXHAUSTED.
      shortage = hold.take();
    }
    if (shortage != null) {
      return shortage.dead() ? null : hold.refusal(shortage);
    }
    List<Reserved.Refused> observed = hold.watches() ? new ArrayList<>(0) : List.of();
    if (hold.watch(observed) != null) {
      hold.undo();
      return null;
    }
    LedgerTicket ticket = new LedgerTicket(this, hold, demand);
    open.add(ticket);
    return new Reserved.Held(ticket, observed);
  }

  private Counters countersOf(List<Account> accounts, Instant at) {
    return accounts instanceof Bound bound && bound.belongsTo(budgets)
        ? bound.countersAt(at)
        : Counters.of(counters(accounts, at));
  }

  private Counter[] counters(List<Account> handles, Instant at) {
    Counter[] counters = new Counter[handles.size()];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = known(handles.get(i)).reborn(at);
    }
    return counters;
  }

  @Override
  public void charge(Account handle, Amounts amounts, Instant at) {
    LedgerAccount account = known(handle);
    account.reborn(at).settle(0, amounts.of(account.measure()));
  }

  @Override
  public Ticket charged(Demand demand) {
    while (true) {
      Hold hold = Hold.of(counters(demand.accounts(), demand.at()), demand.amounts());
      if (hold.force()) {
        LedgerTicket ticket = new LedgerTicket(this, hold, demand);
        boolean unused = ticket.abandon();
        return ticket;
      }
      // An account was swept since it was looked up; now there is another.
    }
  }

  @Override
  public void grant(Budget budget, String scope, long extra) {
    budgets.accountsOf(budget).grant(scope, extra);
  }

  @Override
  public List<Account> accounts() {
    return budgets.accounts();
  }

  @Override
  public Room room(List<Account> accounts, Instant at) {
    return room(accounts, at, Counter::used);
  }

  @Override
  public Room unspent(List<Account> accounts, Instant at) {
    return room(accounts, at, Counter::settled);
  }

  private Room room(List<Account> accounts, Instant at, ToLongFunction<Counter> taken) {
    Room.Builder room = Room.builder();
    for (Account handle : accounts) {
      LedgerAccount account = living(handle, at);
      if (account.blocks()) {
        Counter counter = account.peek(at);
        room.add(account.measure(), counter.limit() - taken.applyAsLong(counter));
      }
    }
    return room.build();
  }

  /**
   * {@inheritDoc} Asking about a window to come does not close the present one.
   *
   * @throws IllegalArgumentException if the account is not of this ledger
   */
  @Override
  public Balance balance(Account account, Instant at) {
    return living(account, at).peek(at).balance();
  }

  @Override
  public long settled(Account account, Instant at) {
    return living(account, at).peek(at).settled();
  }

  @Override
  public int reap(Instant at) {
    return open.reap(at);
  }

  @Override
  public int sweep(Instant at) {
    return budgets.sweep(at);
  }

  /** Adds accounts to a hold, and takes the amounts there if it is still open. */
  Hold extend(Hold hold, List<Account> more, Instant at, boolean open) {
    Counter[] added = counters(
        more.stream().filter(handle -> !hold.drawsOn(living(handle, at))).toList(), at);
    for (int i = 0; open && i < added.length; i++) {
      if (!added[i].add(hold.amount(added[i]))) {
        for (int taken = i - 1; taken >= 0; taken--) {
          added[taken].undo(hold.amount(added[taken]));
        }
        return extend(hold, more, at, open);
      }
    }
    return hold.plus(added);
  }

  /** Returns the account of a handle, or the one that took its place when it was swept. */
  private LedgerAccount living(Account handle, Instant at) {
    LedgerAccount account = known(handle);
    return account.dead() ? account.owner().open(account.scope(), at) : account;
  }

  private LedgerAccount known(Account handle) {
    if (handle instanceof LedgerAccount account && account.owner().belongsTo(budgets)) {
      return account;
    }
    throw new IllegalArgumentException("not an account of this ledger: " + handle);
  }

  /** Returns how many slots for open calls there are; for tests. */
  int capacity() {
    return open.capacity();
  }
}
