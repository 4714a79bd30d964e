package dev.purser.core.pipeline;

import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says when accounts will have nothing left if they are spent on as fast as of late. */
final class Projection {

  private static final BigInteger HOUR_NANOS =
      BigInteger.valueOf(Duration.ofHours(1).toNanos());
  private static final BigInteger SECOND_NANOS =
      BigInteger.valueOf(Duration.ofSeconds(1).toNanos());

  /** Farther off than anybody plans, and within what an instant can be. */
  private static final BigInteger FARTHEST_SECONDS =
      BigInteger.valueOf(Duration.ofDays(36_525).toSeconds());

  private final Instant now;
  private final BurnRates burn;

  Projection(Instant now, BurnRates burn) {
    this.now = now;
    this.burn = burn;
  }

  List<AccountBalance> of(List<Seen> accounts) {
    // What scopes spend that have no account of their own, the shared one does.
    Set<String> sharing = accounts.stream()
        .map(Seen::account)
        .filter(account -> account.scope().equals(Account.OVERFLOW))
        .map(account -> account.budget().name())
        .collect(Collectors.toSet());
    Map<String, Set<String>> own = accounts.stream()
        .map(Seen::account)
        .filter(account -> sharing.contains(account.budget().name()))
        .collect(Collectors.groupingBy(
            account -> account.budget().name(),
            Collectors.mapping(Account::scope, Collectors.toCollection(HashSet::new))));
    return accounts.stream().map(seen -> of(seen, own)).toList();
  }

  private AccountBalance of(Seen seen, Map<String, Set<String>> own) {
    Budget budget = seen.account().budget();
    String scope = seen.account().scope();
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
        exhausted(budget.window().rolling(), balance, resetsAt, perHour));
  }

  private @Nullable Instant exhausted(
      @Nullable Duration rolling, Balance balance, @Nullable Instant resetsAt, long perHour) {
    if (balance.remaining() <= 0) {
      return now;
    }
    BigInteger rate = BigInteger.valueOf(perHour);
    if (perHour == 0 || (rolling != null && !outruns(rate, rolling, balance.limit()))) {
      return null;
    }
    BigInteger[] time = BigInteger.valueOf(balance.remaining())
        .multiply(HOUR_NANOS)
        .divide(rate)
        .divideAndRemainder(SECOND_NANOS);
    if (time[0].compareTo(FARTHEST_SECONDS) > 0) {
      return null;
    }
    Instant at = now.plusSeconds(time[0].longValueExact()).plusNanos(time[1].longValueExact());
    boolean resetBefore = rolling == null && resetsAt != null && !at.isBefore(resetsAt);
    return resetBefore ? null : at;
  }

  /** Whether more is spent in the length of a rolling window than its limit. */
  private static boolean outruns(BigInteger perHour, Duration rolling, long limit) {
    BigInteger spent = perHour.multiply(BigInteger.valueOf(rolling.toNanos()));
    return spent.compareTo(BigInteger.valueOf(limit).multiply(HOUR_NANOS)) > 0;
  }
}
