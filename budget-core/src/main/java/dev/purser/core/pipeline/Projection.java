package dev.purser.core.pipeline;

import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.GrantInForce;
import dev.purser.core.budget.BurnRates;
import dev.purser.core.budget.Scopes;
import dev.purser.core.pipeline.Overview.Seen;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says when accounts will have nothing left if they are spent on as fast as of late. */
final class Projection {

  private static final BigInteger HOUR_NANOS =
      BigInteger.valueOf(Duration.ofHours(1).toNanos());
  private static final BigInteger SECOND_NANOS =
      BigInteger.valueOf(Duration.ofSeconds(1).toNanos());

  /** Farther off than anybody plans, and within what an instant can be. */
  private static final long FARTHEST_SECONDS = Duration.ofDays(36_525).toSeconds();

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Instant now;
  private final BurnRates burn;

  Projection(Instant now, BurnRates burn) {
    this.now = now;
    this.burn = burn;
  }

  List<AccountBalance> of(List<Seen> accounts) {
    // What scopes spend that have no account of their own, the shared one does.
    Set<String> sharing = accounts.stream()
        .filter(seen -> seen.scope().equals(Account.OVERFLOW))
        .map(seen -> seen.budget().name())
        .collect(Collectors.toSet());
    Map<String, Set<String>> own = accounts.stream()
        .filter(seen -> sharing.contains(seen.budget().name()))
        .collect(Collectors.groupingBy(
            seen -> seen.budget().name(),
            Collectors.mapping(Seen::scope, Collectors.toCollection(HashSet::new))));
    return accounts.stream().map(seen -> of(seen, own)).toList();
  }

  private AccountBalance of(Seen seen, Map<String, Set<String>> own) {
    Budget budget = seen.budget();
    String scope = seen.scope();
    long perHour = scope.equals(Account.OVERFLOW)
        ? burn.perHourOfOthers(budget.name(), own.getOrDefault(budget.name(), Set.of()))
        : burn.perHour(budget.name(), scope);
    Balance balance = seen.balance();
    Instant resetsAt = balance.resetsAt().equals(Instant.MAX) ? null : balance.resetsAt();
    return new AccountBalance(
        budget.name(),
        scope,
        Scopes.values(budget, scope).orElse(Map.of()),
        Objects.requireNonNullElse(budget.owner(), Dimension.NONE),
        budget.measure(),
        budget.enforcement(),
        budget.window(),
        balance.limit(),
        seen.granted(),
        balance.settled(),
        balance.held(),
        balance.remaining(),
        resetsAt,
        perHour,
        exhausted(seen, resetsAt, perHour));
  }

  /** Goes from the end of one grant to that of the next: the limit is another after each. */
  private @Nullable Instant exhausted(Seen seen, @Nullable Instant resetsAt, long perHour) {
    Budget budget = seen.budget();
    Balance balance = seen.balance();
    if (balance.remaining() <= 0) {
      return now;
    }
    Duration rolling = budget.window().rolling();
    Instant last = now.plusSeconds(FARTHEST_SECONDS);
    if (rolling == null && resetsAt != null && resetsAt.isBefore(last)) {
      last = resetsAt;
    }
    BigInteger limit = BigInteger.valueOf(budget.limit());
    NavigableMap<Instant, BigInteger> ending = new TreeMap<>();
    for (GrantInForce grant : seen.grants()) {
      BigInteger amount = BigInteger.valueOf(grant.amount());
      limit = limit.add(amount);
      Instant until = grant.until();
      if (until != null && until.isBefore(last)) {
        ending.merge(until, amount, BigInteger::add);
      }
    }
    BigInteger used = BigInteger.valueOf(balance.limit() - balance.remaining());
    Use use = new Use(now, used, BigInteger.valueOf(perHour), rolling);
    Instant from = now;
    for (Map.Entry<Instant, BigInteger> end : ending.entrySet()) {
      Instant at = use.reaches(limit.min(MOST), from);
      if (at != null && at.isBefore(end.getKey())) {
        return at;
      }
      from = end.getKey();
      limit = limit.subtract(end.getValue());
    }
    Instant at = use.reaches(limit.min(MOST), from);
    return at != null && at.isBefore(last) ? at : null;
  }

  /** What is used now, and what comes on top of it every hour. */
  private record Use(
      Instant now,
      BigInteger used,
      BigInteger perHour,
      @Nullable Duration rolling) {

    /** Returns the first instant, not before {@code from}, at which a limit is reached; null if never. */
    @Nullable Instant reaches(BigInteger limit, Instant from) {
      BigInteger left = limit.subtract(used);
      if (rolling != null && !outruns(rolling, limit)) {
        // It forgets as fast as it is spent: as much stays used, until all of it is forgotten.
        return left.signum() <= 0 && from.isBefore(now.plus(rolling)) ? from : null;
      }
      if (left.signum() <= 0) {
        return from;
      }
      if (perHour.signum() == 0) {
        return null;
      }
      BigInteger[] time =
          left.multiply(HOUR_NANOS).divide(perHour).divideAndRemainder(SECOND_NANOS);
      if (time[0].compareTo(BigInteger.valueOf(FARTHEST_SECONDS)) > 0) {
        return null;
      }
      Instant at = now.plusSeconds(time[0].longValueExact()).plusNanos(time[1].longValueExact());
      return at.isBefore(from) ? from : at;
    }

    /** Whether more is spent in the length of a rolling window than its limit. */
    private boolean outruns(Duration length, BigInteger limit) {
      BigInteger spent = perHour.multiply(BigInteger.valueOf(length.toNanos()));
      return spent.compareTo(limit.multiply(HOUR_NANOS)) > 0;
    }
  }
}
