package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixDriftTest {

  @ParameterizedTest
  @CsvSource({
    "24, 30, 40, 100, DRIFTED",
    "23, 30, 40, 100, NONE", // 77 %
    "24, 29, 40, 100, NONE", // too few calls
    "24, 30, 51, 100, NONE", // it was so before
    "24, 30, 40, 99, UNKNOWN_BEFORE",
    "30, 30, 0, 0, UNKNOWN_BEFORE",
    "24, 30, 50, 100, NONE", // by chance: z is 2.92
    "27, 30, 50, 100, DRIFTED",
    "800, 1000, 500, 1000, DRIFTED",
    "0, 0, 0, 0, NONE",
  })
  void oneSideOfEachThreshold(
      long frontier, long calls, long before, long callsBefore, MixDrift.Verdict verdict) {
    assertThat(MixDrift.of(frontier, calls, before, callsBefore)).isEqualTo(verdict);
  }
}
