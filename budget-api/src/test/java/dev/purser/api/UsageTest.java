package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void countsEachKindApartAndSumsTheSides() {
    Usage usage = Usage.builder()
        .add(UsageKind.INPUT, 100)
        .add(UsageKind.CACHE_READ, 50)
        .add(UsageKind.INPUT_AUDIO, 5)
        .add(UsageKind.OUTPUT, 20)
        .add(UsageKind.REASONING, 7)
        .add(UsageKind.WEB_SEARCH, 3)
        .add(UsageKind.REQUEST, 1)
        .build();

    assertThat(usage.inputTokens()).isEqualTo(155);
    assertThat(usage.outputTokens()).isEqualTo(27);
    assertThat(usage.totalTokens()).isEqualTo(182);
    assertThat(usage.count(UsageKind.WEB_SEARCH)).isEqualTo(3);
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> Usage.ofTokens(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INPUT -1");
  }

  @Test
  void refusesSumsThatOverflow() {
    Usage.Builder builder = Usage.builder().add(UsageKind.OUTPUT, Long.MAX_VALUE);

    assertThatThrownBy(() -> builder.add(UsageKind.OUTPUT, 1))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void totalsSaturateInsteadOfTurningNegative() {
    Usage absurd = Usage.ofTokens(Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(absurd.totalTokens()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aBuilderGoesOnWithoutChangingWhatItBuilt() {
    Usage first = Usage.ofTokens(1, 2);
    Usage second = first.toBuilder().add(UsageKind.INPUT, 10).build();

    assertThat(first).isEqualTo(Usage.ofTokens(1, 2)).hasToString("{INPUT=1, OUTPUT=2}");
    assertThat(second).isEqualTo(Usage.ofTokens(11, 2)).hasSameHashCodeAs(Usage.ofTokens(11, 2));
    assertThat(second).isNotEqualTo(first);
  }
}
