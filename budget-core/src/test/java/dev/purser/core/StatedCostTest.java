package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Prompt;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer states that it costs is the charge; what the table makes of it stands beside. */
class StatedCostTest {

  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  /** 1,000 tokens in at $2.50 and 100 out at $10 a million. */
  private static final Usage USED = Usage.ofTokens(1_000, 100);

  private static final long COMPUTED = 3_500_000;

  private final Guard guard = new Guard(builder ->
      Guard.with(builder.owner("dana").freeModels("llama*"), Budget.total("money", Usd.of("1"))));

  private static CallIntent.Builder call(ModelId model) {
    return CallIntent.builder(model)
        .attribution(Attribution.key("k"))
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(1_000);
  }

  private SpendRecord settled(ModelId model, Settlement settlement) {
    guard.hold(call(model)).settle(settlement);
    guard.close();
    assertThat(guard.records).hasSize(1);
    return guard.records.get(0);
  }

  @Test
  void theStatedCostIsChargedAndTheComputedOneRecordedBeside() {
    SpendRecord record =
        settled(GPT_4O, Settlement.of(USED).costing(Usd.ofNanos(COMPUTED + 35_001)));

    assertThat(record.costNanoUsd()).isEqualTo(COMPUTED + 35_001);
    assertThat(record.computedNanoUsd()).isEqualTo(COMPUTED);
    assertThat(guard.purser.counters()).doesNotContainKey("calls.stated_cost_differs");
  }

  @Test
  void costsThatDifferByMoreThanOnePercentAreCounted() {
    settled(GPT_4O, Settlement.of(USED).costing(Usd.ofNanos(COMPUTED * 102 / 100)));

    assertThat(guard.purser.counters()).containsEntry("calls.stated_cost_differs", 1L);
  }

  @Test
  void aStatedCostOfZeroIsZero() {
    SpendRecord record = settled(GPT_4O, Settlement.of(USED).costing(Usd.ZERO));

    assertThat(record.costNanoUsd()).isZero();
    assertThat(record.computedNanoUsd()).isEqualTo(COMPUTED);
  }

  @Test
  void anAnswerThatStatesNoneIsChargedByTheTable() {
    SpendRecord record = settled(GPT_4O, Settlement.of(USED));

    assertThat(record.costNanoUsd()).isEqualTo(COMPUTED);
    assertThat(record.computedNanoUsd()).isNull();
  }

  @Test
  void aModelThatWasDeclaredFreeStaysFree() {
    SpendRecord record =
        settled(ModelId.of("other", "llama3"), Settlement.of(USED).costing(Usd.of("0.5")));

    assertThat(record.costNanoUsd()).isZero();
  }

  @Test
  void anAdvisorIsPaidAtItsOwnPricesAndCountsForTheTokens() {
    ModelId mini = ModelId.of("openai", "gpt-4o-mini");
    SpendRecord record = settled(
        GPT_4O,
        Settlement.of(USED).besides(List.of(new ModelUsage(mini, Usage.ofTokens(10_000, 0)))));

    assertThat(record.costNanoUsd()).isEqualTo(COMPUTED + 1_500_000); // at $0.15 a million
    assertThat(record.usage()).isEqualTo(Usage.ofTokens(11_000, 100));
  }
}
