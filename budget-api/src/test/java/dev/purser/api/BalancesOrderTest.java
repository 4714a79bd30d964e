package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BalancesOrderTest {

  private static AccountBalance account(String scope, long limit, long used) {
    long spent = used / 2;
    return new AccountBalance(
        "budget",
        scope,
        Map.of(),
        "dana",
        Measure.USD,
        Enforcement.BLOCK,
        Window.DAY,
        limit,
        0,
        spent,
        used - spent,
        limit - used,
        null,
        0,
        null);
  }

  @Property
  void usesAreComparedExactly(
      @ForAll @LongRange(min = 1) long limit,
      @ForAll @LongRange(min = 0) long used,
      @ForAll @LongRange(min = 1) long otherLimit,
      @ForAll @LongRange(min = 0) long otherUsed) {
    BigInteger left = BigInteger.valueOf(used).multiply(BigInteger.valueOf(otherLimit));
    BigInteger right = BigInteger.valueOf(otherUsed).multiply(BigInteger.valueOf(limit));

    int compared = account("a", limit, used).compareUse(account("b", otherLimit, otherUsed));

    assertThat(Integer.signum(compared)).isEqualTo(left.compareTo(right));
  }

  @Test
  void aDifferenceThatADoubleCannotTellIsTold() {
    long limit = Long.MAX_VALUE;
    AccountBalance more = account("more", limit, limit - 1);
    AccountBalance less = account("less", limit, limit - 2);
    assertThat(new BigDecimal(more.used()).doubleValue())
        .isEqualTo(new BigDecimal(less.used()).doubleValue());

    assertThat(new Balances(Instant.EPOCH, List.of(less, more)).all()).containsExactly(more, less);
  }

  @Test
  void whereThereIsNoLimitAnythingIsMoreThanAllAndNothingIsNothing() {
    AccountBalance beyond = account("beyond", 0, 1);
    AccountBalance overdrawn = account("overdrawn", 10, 50);
    AccountBalance little = account("little", 10, 1);
    AccountBalance closed = account("closed", 0, 0);
    AccountBalance unused = account("unused", 10, 0);

    assertThat(
            new Balances(Instant.EPOCH, List.of(unused, closed, little, overdrawn, beyond)).all())
        .containsExactly(beyond, overdrawn, little, closed, unused);
  }
}
