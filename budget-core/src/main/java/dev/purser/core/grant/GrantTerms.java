package dev.purser.core.grant;

import dev.purser.api.Budget;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a grant comes to for its budget at some instant: an amount in the budget's unit and an end,
 * neither of which changes afterwards.
 */
public final class GrantTerms {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Grant grant;
  private final Budget budget;
  private final Instant now;

  /**
   * Prepares a grant.
   *
   * @param budget the one that the grant names, with its zone
   */
  public GrantTerms(Grant grant, Budget budget, Instant now) {
    this.grant = grant;
    this.budget = budget;
    this.now = now;
  }

  /**
   * Returns the grant as it is in force from now on.
   *
   * @throws IllegalArgumentException if something of it is missing or wrong; the message says what
   */
  public GrantInForce agreed(String id) {
    if (grant.by().isBlank()) {
      throw wrong("nobody gives it: say who with by(…)");
    }
    if (grant.why().isBlank()) {
      throw wrong("has no reason: say why with because(…)");
    }
    return new GrantInForce(
        id,
        budget.name(),
        grant.scope(),
        budget.measure(),
        amount(),
        until(),
        grant.by(),
        grant.why(),
        now);
  }

  private long amount() {
    boolean money = budget.measure() == Measure.USD;
    return switch (grant.unit()) {
      case MONEY -> {
        if (!money) {
          throw wrong("is money, but the budget counts " + budget.measure());
        }
        yield grant.amount();
      }
      case COUNT -> {
        if (money) {
          throw wrong("is a count, but the budget is of money: say Usd.of(\"…\")");
        }
        yield grant.amount();
      }
      case PERCENT -> percentage();
    };
  }

  private long percentage() {
    BigInteger part = BigInteger.valueOf(budget.limit())
        .multiply(BigInteger.valueOf(grant.amount()))
        .divide(HUNDRED)
        .min(MOST);
    if (part.signum() == 0) {
      throw wrong("comes to nothing of the limit of " + budget.amount(budget.limit()));
    }
    return part.longValueExact();
  }

  private @Nullable Instant until() {
    Instant until = grant.until();
    if (until == null) {
      return endOfWindow();
    }
    if (!until.isAfter(now)) {
      throw wrong("is over at " + until + ", which is not after now, " + now);
    }
    return until.equals(Instant.MAX) ? null : until;
  }

  private @Nullable Instant endOfWindow() {
    Window window = budget.window();
    ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
    if (window.rolling() != null) {
      throw wrong("needs an end, because its window rolls: say when with until(…)");
    }
    Instant end = window.endOf(now, zone);
    if (!window.covers(now, zone)) {
      if (end.equals(Instant.MAX)) {
        throw wrong("comes too late: the budget's span is over");
      }
      // The span has yet to begin; a grant that ended there would be of no use.
      end = window.endOf(end, zone);
    }
    return end.equals(Instant.MAX) ? null : end;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(grant + " " + what);
  }
}
