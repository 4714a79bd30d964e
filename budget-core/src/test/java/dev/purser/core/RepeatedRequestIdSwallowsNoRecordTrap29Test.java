package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 29: an empty or repeated request id swallows rows. */
class RepeatedRequestIdSwallowsNoRecordTrap29Test {

  private static final int COST = 10_000_000;

  private final Guard guard = Guard.on(Budget.total("money", Usd.of("1")));

  private static Settlement answer(String id) {
    return new Settlement(Usage.ofTokens(0, 1_000), null, null, id);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "chatcmpl-1"})
  void everyCallIsChargedAndRecordedWhateverIdItsAnswerHas(String id) {
    for (int i = 0; i < 3; i++) {
      guard.hold(Guard.call(1_000, Attribution.key("k"))).settle(answer(id));
    }
    assertThat(guard.balance("money", "").settled()).isEqualTo(3 * COST);
    guard.close();

    assertThat(guard.records).hasSize(3).extracting(SpendRecord::id).doesNotHaveDuplicates();
    assertThat(guard.records)
        .allSatisfy(record -> assertThat(record.costNanoUsd()).isEqualTo(COST));
  }

  @Test
  void callsThatAreOpenTogetherAndAnsweredUnderOneIdEndEachForItself() {
    List<Reservation> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(guard.hold(Guard.call(1_000, Attribution.key("k"))));
    }

    assertThat(open)
        .allSatisfy(call -> assertThat(call.settle(answer("chatcmpl-1"))).isTrue());
    assertThat(open)
        .allSatisfy(call -> assertThat(call.settle(answer("chatcmpl-1"))).isFalse());

    assertThat(guard.balance("money", "").settled()).isEqualTo(3 * COST);
    guard.close();
    assertThat(guard.records)
        .extracting(SpendRecord::id)
        .containsExactlyElementsOf(open.stream().map(Reservation::id).toList());
  }

  @Test
  void aFileHasALineForEach(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("records.jsonl");
    try (Guard written = new Guard(builder ->
        Guard.with(builder.owner("dana").jsonLines(file), Budget.total("money", Usd.of("1"))))) {
      for (String id : List.of("", "", "chatcmpl-1", "chatcmpl-1")) {
        written.hold(Guard.call(1_000, Attribution.key("k"))).settle(answer(id));
      }
    }

    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("\"cost_usd\":\"0.01\""));
  }
}
