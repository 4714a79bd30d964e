package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Accounts in the memory of this process; a restart forgets them.
 *
 * <p><b>Unit:</b> nano-dollars, tokens or requests, as the measure of each budget says.
 *
 * <p><b>Who may call it:</b> any thread. Time is always an argument; a clock that is set back stays
 * in the latest window of each account.
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

  private record Key(Budget budget, String scope) {}

  // Neither size nor age may evict an account: a hold made on an evicted one would not count.
  private final ConcurrentMap<Key, LedgerAccount> accounts = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private final OpenTickets open = new OpenTickets();

  /** Creates a ledger without accounts. */
  public InMemoryLedger() {}

  @Override
  public Account open(Budget budget, String scope) {
    return accounts.computeIfAbsent(
        new Key(budget, scope),
        key -> new LedgerAccount(this, sequence.getAndIncrement(), key.budget(), key.scope()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if an account is not of this ledger
   */
  @Override
  public Reserved reserve(Demand demand) {
    Hold hold = Hold.of(counters(demand.accounts(), demand.at()), demand.amounts());
    Hold.Shortage shortage = hold.take();
    if (shortage != null && open.reap(demand.at()) > 0) {
      // What was held is charged now: the answer to this call may have become EXHAUSTED.
      shortage = hold.take();
    }
    if (shortage != null) {
      return hold.refusal(shortage);
    }
    LedgerTicket ticket = new LedgerTicket(hold, demand.leaseEnd(), demand.onLeaseEnd());
    open.add(ticket);
    return new Reserved.Held(ticket);
  }

  private Counter[] counters(List<Account> handles, Instant at) {
    Counter[] counters = new Counter[handles.size()];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = own(handles.get(i)).counterAt(at);
    }
    return counters;
  }

  @Override
  public Amounts room(List<Account> accounts, Instant at) {
    long nanoUsd = Long.MAX_VALUE;
    long tokens = Long.MAX_VALUE;
    long requests = Long.MAX_VALUE;
    for (Account handle : accounts) {
      LedgerAccount account = own(handle);
      long room = Math.max(0, account.peek(at).room());
      Measure measure = account.measure();
      switch (measure) {
        case USD -> nanoUsd = Math.min(nanoUsd, room);
        case TOKENS -> tokens = Math.min(tokens, room);
        case REQUESTS -> requests = Math.min(requests, room);
      }
    }
    return new Amounts(nanoUsd, tokens, requests);
  }

  /**
   * {@inheritDoc} Asking about a window to come does not close the present one.
   *
   * @throws IllegalArgumentException if the account is not of this ledger
   */
  @Override
  public Balance balance(Account account, Instant at) {
    return own(account).peek(at).balance();
  }

  @Override
  public int reap(Instant at) {
    return open.reap(at);
  }

  private LedgerAccount own(Account handle) {
    if (handle instanceof LedgerAccount account && account.belongsTo(this)) {
      return account;
    }
    throw new IllegalArgumentException("not an account of this ledger: " + handle);
  }

  /** Returns how many slots for open calls there are; for tests. */
  int capacity() {
    return open.capacity();
  }
}
