package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRulesTest {

  @Test
  void eachChangeChangesWhatItSaysAndNothingElse() {
    AlertRules rules = AlertRules.DEFAULT
        .spike(4, Usd.of("11"))
        .spikePage(3)
        .newKey(Usd.of("51"))
        .sessionBurn(Usd.of("21"))
        .loop(6, Duration.ofMinutes(11), 51)
        .quarterPace(61, 43)
        .frontier(Usd.of("12"));

    assertThat(rules)
        .isEqualTo(new AlertRules(
            4,
            Usd.of("11"),
            3,
            Usd.of("51"),
            Usd.of("21"),
            6,
            Duration.ofMinutes(11),
            51,
            61,
            43,
            Usd.of("12")));
  }

  static Stream<UnaryOperator<AlertRules>> wrong() {
    return Stream.of(
        rules -> rules.spike(0, Usd.of("1")),
        rules -> rules.spikePage(0),
        rules -> rules.spikePage(Double.NaN),
        rules -> rules.sessionBurn(Usd.ZERO),
        rules -> rules.loop(1, Duration.ofMinutes(1), 50),
        rules -> rules.loop(5, Duration.ZERO, 50),
        rules -> rules.loop(5, Duration.ofMinutes(1), 1),
        rules -> rules.quarterPace(0, 42),
        rules -> rules.quarterPace(60, 93));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatMakesNoSenseIsRefused(UnaryOperator<AlertRules> change) {
    assertThatThrownBy(() -> change.apply(AlertRules.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("alert rules: ");
  }
}
