package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PicoDollarsTest {

  record Term(long units, long price) {}

  @Property
  void agreesWithBigDecimalForAnyUnitsAndPrices(@ForAll("terms") List<Term> terms) {
    PicoDollars sum = new PicoDollars();
    BigDecimal expected = BigDecimal.ZERO;
    for (Term term : terms) {
      sum.add(term.units, term.price);
      expected =
          expected.add(BigDecimal.valueOf(term.units).multiply(BigDecimal.valueOf(term.price)));
    }
    BigDecimal nano = expected
        .movePointLeft(3)
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE));

    assertThat(sum.exact()).isEqualTo(expected.toBigIntegerExact());
    assertThat(sum.toNanoUsd()).isEqualTo(nano.longValueExact());
  }

  @Provide
  Arbitrary<List<Term>> terms() {
    Arbitrary<Long> units = Arbitraries.oneOf(
        Arbitraries.longs().between(0, 2_000_000),
        Arbitraries.longs().between(0, Long.MAX_VALUE),
        Arbitraries.of(Long.MAX_VALUE, 9_223_372_036_854L, 1L));
    Arbitrary<Long> prices = Arbitraries.longs().between(0, 1_000_000_000_000L);
    return Combinators.combine(units, prices).as(Term::new).list().ofMaxSize(15);
  }

  @Test
  void aTenthOfANanoDollarIsRoundedUpAndNotLost() {
    PicoDollars sum = new PicoDollars();

    sum.add(1, 100);

    assertThat(sum.toNanoUsd()).isEqualTo(1);
  }

  @Test
  void roundingHappensOnceAndNotForEachTerm() {
    PicoDollars sum = new PicoDollars();

    sum.add(1, 400);
    sum.add(1, 600);

    assertThat(sum.toNanoUsd()).isEqualTo(1);
  }

  @Test
  void anAbsurdCountSaturatesInsteadOfWrapping() {
    PicoDollars sum = new PicoDollars();

    for (int i = 0; i < 15; i++) {
      sum.add(Long.MAX_VALUE, 1_000_000_000_000L);
    }

    assertThat(sum.toNanoUsd()).isEqualTo(Long.MAX_VALUE);
    assertThat(sum.exact())
        .isEqualTo(
            BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(15_000_000_000_000L)));
  }

  @Test
  void theHighestAmountThatFitsIsExact() {
    PicoDollars sum = new PicoDollars();

    sum.add(Long.MAX_VALUE, 1_000);

    assertThat(sum.toNanoUsd()).isEqualTo(Long.MAX_VALUE);
    sum.add(1, 1);
    assertThat(sum.toNanoUsd()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sumsAreComparedBeyondTheRangeOfALong() {
    PicoDollars less = new PicoDollars();
    less.add(Long.MAX_VALUE, 2);
    PicoDollars more = new PicoDollars();
    more.add(Long.MAX_VALUE, 3);
    PicoDollars same = new PicoDollars();
    same.add(Long.MAX_VALUE, 1);
    same.add(Long.MAX_VALUE, 1);

    assertThat(less).isLessThan(more).isEqualByComparingTo(same).isEqualTo(same);
    assertThat(less).hasSameHashCodeAs(same).isNotEqualTo(more);
  }
}
