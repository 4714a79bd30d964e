package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 29: an empty or repeated request id swallows rows. */
class RepeatedResponseIdTest {

  private final Guard guard = Guard.on(Budget.total("money", Usd.of("1")));

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "chatcmpl-1"})
  void everyCallIsChargedAndRecordedWhateverIdItsAnswerHas(String id) {
    for (int i = 0; i < 3; i++) {
      guard
          .hold(Guard.call(1_000, Attribution.key("k")))
          .settle(new Settlement(Usage.ofTokens(0, 1_000), null, null, id));
    }
    assertThat(guard.balance("money", "").settled()).isEqualTo(30_000_000);
    guard.close();

    assertThat(guard.records).hasSize(3).extracting(SpendRecord::id).doesNotHaveDuplicates();
    assertThat(guard.records)
        .allSatisfy(record -> assertThat(record.costNanoUsd()).isEqualTo(10_000_000));
  }
}
