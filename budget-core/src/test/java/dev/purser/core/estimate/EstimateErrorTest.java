package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far the bound of a text is from what two tokenizers make of it. */
class EstimateErrorTest {

  private static final List<Measured> MEASURED = Measured.all();

  static Stream<Measured> samples() {
    return MEASURED.stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theBoundIsNotBelowTheTokensAndNotFarAbove(Measured measured) {
    TextSample.Group group = measured.sample().group();

    assertThat(measured.o200kPercent())
        .as("o200k_base")
        .isBetween(group.minPercent(), group.maxPercent());
    assertThat(measured.cl100kPercent())
        .as("cl100k_base")
        .isBetween(group.minPercent(), group.maxPercent());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theBoundForAnyTokenizerCoversBoth(Measured measured) {
    if (measured.sample().group() != TextSample.Group.UNUSUAL) {
      assertThat(measured.cl100kBound() * 100)
          .isGreaterThanOrEqualTo(98 * Math.max(measured.o200k(), measured.cl100k()));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void strictlyNoTextHasMoreTokensThanAreHeld(Measured measured) {
    assertThat(Utf8Length.of(measured.sample().text()))
        .isGreaterThanOrEqualTo(Math.max(measured.o200k(), measured.cl100k()));
  }
}
