package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "75; 75000000000",
        "$0.25; 250000000",
        "1,250.00; 1250000000000",
        "$1,234,567.000000001; 1234567000000001",
        "-0.5; -500000000",
        "-$3; -3000000000",
        "0.0000000010; 1",
        " 12 ; 12000000000",
        "9223372036.854775807; 9223372036854775807",
        "-9223372036.854775808; -9223372036854775808"
      })
  void readsAmountsAsPeopleWriteThem(String text, long nanos) {
    assertThat(Usd.of(text).nanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "abc",
        "1.2.3",
        "1,25",
        "12,34.00",
        "1e3",
        "0x10",
        "--1",
        "1 000",
        "$-1",
        ".5",
        "1.",
        "NaN",
        "€5",
        "１"
      })
  void refusesWhatIsNoAmount(String text) {
    assertThatThrownBy(() -> Usd.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void refusesMoreThanNineDecimalsAndSaysSo() {
    assertThatThrownBy(() -> Usd.of("0.0000000001"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than nine decimals");
  }

  @Test
  void refusesOverflowAndNamesTheLargest() {
    assertThatThrownBy(() -> Usd.of("9223372036.854775808"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of range")
        .hasMessageContaining("9223372036.854775807");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "900000000, 0.90",
    "75000000000, 75.00",
    "37500, 0.0000375",
    "1, 0.000000001",
    "-500000000, -0.50"
  })
  void rendersEveryDigitAndAtLeastTwo(long nanos, String text) {
    assertThat(Usd.ofNanos(nanos)).hasToString(text);
  }

  @Property
  void whatIsRenderedReadsBackTheSame(@ForAll long nanos) {
    Usd amount = Usd.ofNanos(nanos);

    assertThat(Usd.of(amount.toString())).isEqualTo(amount);
    assertThat(new BigDecimal(amount.toString()).movePointRight(9))
        .isEqualByComparingTo(BigDecimal.valueOf(nanos));
  }

  @Property
  void sumsAndDifferencesAgreeWithBigDecimalOrFail(@ForAll long a, @ForAll long b) {
    BigDecimal sum = Usd.ofNanos(a).toBigDecimal().add(Usd.ofNanos(b).toBigDecimal());
    BigDecimal difference =
        Usd.ofNanos(a).toBigDecimal().subtract(Usd.ofNanos(b).toBigDecimal());

    agrees(sum, () -> Usd.ofNanos(a).plus(Usd.ofNanos(b)));
    agrees(difference, () -> Usd.ofNanos(a).minus(Usd.ofNanos(b)));
  }

  private static void agrees(BigDecimal exact, java.util.function.Supplier<Usd> computed) {
    if (exact.movePointRight(9).toBigIntegerExact().bitLength() < 64) {
      assertThat(computed.get().toBigDecimal()).isEqualByComparingTo(exact);
    } else {
      assertThatThrownBy(computed::get).isInstanceOf(ArithmeticException.class);
    }
  }
}
