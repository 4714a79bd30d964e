package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one budget, and what they have in common: its terms, which a new configuration may
 * change, its windows, and the bound on their number.
 *
 * <p>Neither size nor age evicts an account: a hold made on an evicted one would not count. An account
 * leaves when its window is over or it counts nothing. Scopes that come when there is no place left
 * share one account, and go on sharing it until that one has left: what a scope spent there must not
 * be forgotten by giving it an account of its own.
 *
 * <p><b>Who may call it:</b> any thread. <b>Progress:</b> lock-free, but that opening an account may
 * wait for another thread that opens the same one.
 */
final class BudgetAccounts {

  /** Beyond the bound, each new scope looks for accounts that may leave; not more often than this. */
  private static final Duration SWEEP_PAUSE = Duration.ofSeconds(10);

  private record Bounds(Instant start, Instant end, boolean covered) {}

  private final BudgetsInForce ledger;
  private final Window window;
  private final ZoneId zone;
  private final long bucketNanos;
  private final ConcurrentMap<String, LedgerAccount> accounts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> grants = new ConcurrentHashMap<>();
  private final AtomicInteger places = new AtomicInteger();
  private final AtomicReference<@Nullable LedgerAccount> overflow = new AtomicReference<>();
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);
  private final Measure measure;
  private volatile Budget budget;
  private volatile long limit;
  private volatile boolean blocks;
  private volatile @Nullable Bounds bounds;
  private final AtomicReference<Instant> forgotten = new AtomicReference<>(Instant.MIN);

  BudgetAccounts(BudgetsInForce ledger, Budget budget) {
    this.ledger = ledger;
    this.budget = budget;
    limit = budget.limit();
    blocks = budget.enforcement() == Enforcement.BLOCK;
    measure = budget.measure();
    window = budget.window();
    zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
    Duration rolling = window.rolling();
    bucketNanos = rolling == null ? 0 : -Math.floorDiv(-rolling.toNanos(), (long) Buckets.WINDOW);
  }

  Budget budget() {
    return budget;
  }

  boolean belongsTo(BudgetsInForce other) {
    return ledger == other;
  }

  /** Tells whoever waits that an account may have room again. */
  void room(LedgerAccount account) {
    ledger.room(account);
  }

  /** Puts new terms in force that count alike. */
  void revise(Budget terms) {
    budget = terms;
    limit = terms.limit();
    blocks = terms.enforcement() == Enforcement.BLOCK;
  }

  Measure measure() {
    return measure;
  }

  /** Returns the limit in force; a field of its own, since every admission asks for it. */
  long limit() {
    return limit;
  }

  /** Puts the limit of a scope above the budget's. Only while nothing else runs. */
  void grant(String scope, long extra) {
    if (extra == 0) {
      grants.remove(scope);
    } else {
      grants.put(scope, extra);
    }
    LedgerAccount account = scope.equals(Account.OVERFLOW) ? overflow.get() : accounts.get(scope);
    if (account != null) {
      account.grant(extra);
    }
  }

  /** Whether the budget refuses. */
  boolean blocks() {
    return blocks;
  }

  /** Returns the account of a scope, or the shared one. */
  LedgerAccount open(String scope, Instant at) {
    if (scope.equals(Account.OVERFLOW)) {
      return openShared();
    }
    while (true) {
      LedgerAccount found = find(scope);
      if (found != null) {
        return found;
      }
      LedgerAccount opened = openOwn(scope);
      if (opened != null) {
        return opened;
      }
      if (!sweepIfDue(at)) {
        return openOwnOrShared(scope);
      }
    }
  }

  private @Nullable LedgerAccount find(String scope) {
    LedgerAccount found = accounts.get(scope);
    if (found != null && found.dead()) {
      forget(found);
      return null;
    }
    return found;
  }

  /**
   * Opens an account, or finds one; null if there is no place. What is decided for a scope is decided
   * inside the map, by one thread at a time: of two that race for the last place with the same scope,
   * one would otherwise get it and the other the shared account, each with the whole limit.
   */
  private @Nullable LedgerAccount openOwn(String scope) {
    return accounts.computeIfAbsent(scope, mine -> overflow.get() == null ? ownPlace(mine) : null);
  }

  private @Nullable LedgerAccount ownPlace(String scope) {
    // Looked for once more behind the place: a shared account that came since, and before the place
    // was
    // free, may count what this scope spends (jcstress OverflowOpenedTwice, once in 300,000).
    if (places.incrementAndGet() > budget.maxAccounts() || overflow.get() != null) {
      places.decrementAndGet();
      return null;
    }
    return create(scope);
  }

  private LedgerAccount openOwnOrShared(String scope) {
    AtomicReference<@Nullable LedgerAccount> shared = new AtomicReference<>();
    LedgerAccount own = accounts.computeIfAbsent(scope, mine -> {
      LedgerAccount place = overflow.get() == null ? ownPlace(mine) : null;
      if (place == null) {
        shared.set(openShared());
      }
      return place;
    });
    return own != null ? own : Objects.requireNonNull(shared.get());
  }

  private LedgerAccount openShared() {
    while (true) {
      LedgerAccount shared = overflow.get();
      if (shared != null && !shared.dead()) {
        return shared;
      }
      LedgerAccount next = create(Account.OVERFLOW);
      if (overflow.compareAndSet(shared, next)) {
        return next;
      }
    }
  }

  private LedgerAccount create(String scope) {
    LedgerAccount created = create(scope, ledger.nextPlace());
    created.grant(grants.getOrDefault(scope, 0L));
    return created;
  }

  private LedgerAccount create(String scope, long place) {
    if (measure == Measure.CONCURRENT_CALLS) {
      return new SlotAccount(this, scope, place);
    }
    return window.rolling() == null
        ? new WindowAccount(this, scope, place)
        : new RollingAccount(this, scope, place);
  }

  /** Adds the accounts that are open to a list. */
  void addAllTo(List<Account> all) {
    for (LedgerAccount account : accounts.values()) {
      if (!account.dead()) {
        all.add(account);
      }
    }
    LedgerAccount shared = overflow.get();
    if (shared != null && !shared.dead()) {
      all.add(shared);
    }
  }

  private boolean sweepIfDue(Instant at) {
    Instant due = nextSweep.get();
    return !at.isBefore(due) && nextSweep.compareAndSet(due, nextSweepAfter(at)) && sweep(at) > 0;
  }

  private Instant nextSweepAfter(Instant at) {
    Instant later = at.plus(SWEEP_PAUSE);
    Instant end = window.rolling() == null ? bounds(at).end() : later;
    return end.isBefore(later) ? end : later;
  }

  /** Forgets the accounts whose window is over at {@code at}, or that count nothing. */
  int sweep(Instant at) {
    int swept = 0;
    for (LedgerAccount account : accounts.values()) {
      if (account.die(at)) {
        forget(account);
        swept++;
      }
    }
    LedgerAccount shared = overflow.get();
    if (shared != null && shared.die(at) && overflow.compareAndSet(shared, null)) {
      swept++;
    }
    return swept;
  }

  /**
   * Remembers that charges are about to be forgotten at {@code at}: a clock that is set back must not
   * open a window again whose spend is no longer known.
   */
  void aboutToForget(Instant at) {
    forgotten.accumulateAndGet(at, (a, b) -> a.isAfter(b) ? a : b);
  }

  private Instant notForgotten(Instant at) {
    Instant floor = Objects.requireNonNull(forgotten.get());
    return at.isBefore(floor) ? floor : at;
  }

  @SuppressWarnings("ReferenceEquality")
  private void forget(LedgerAccount dead) {
    // By identity: a living account of the same scope is equal, and must stay.
    boolean[] removed = new boolean[1];
    accounts.computeIfPresent(dead.scope(), (scope, present) -> {
      removed[0] = present == dead;
      return removed[0] ? null : present;
    });
    if (removed[0]) {
      places.decrementAndGet();
    }
  }

  /** Returns a counter for the window of {@code at}, or of the latest sweep if that is later. */
  WindowCounter begin(WindowAccount account, Instant at) {
    Bounds bounds = bounds(notForgotten(at));
    return new WindowCounter(account, bounds.end(), !bounds.covered());
  }

  /** Remembers the latest window, which is that of nearly every call; its end is shared. */
  private Bounds bounds(Instant at) {
    Bounds seen = bounds;
    if (seen != null && !at.isBefore(seen.start()) && at.isBefore(seen.end())) {
      return seen;
    }
    Bounds found =
        new Bounds(window.startOf(at, zone), window.endOf(at, zone), window.covers(at, zone));
    bounds = found;
    return found;
  }

  /** Returns the bucket of an instant, never before the latest sweep. */
  long bucketOf(Instant at) {
    return Math.floorDiv(EpochNanos.of(notForgotten(at)), bucketNanos);
  }

  /** Returns when a bucket begins. */
  Instant startOf(long bucket) {
    return EpochNanos.toInstant(bucket * bucketNanos);
  }
}
