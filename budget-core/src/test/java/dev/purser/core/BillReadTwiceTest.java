package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever reads a bill again, such as the results of a batch, is charged only by how much it grew. */
class BillReadTwiceTest {

  private final Guard guard =
      new Guard(builder -> Guard.with(builder.owner("dana"), Budget.total("money", Usd.of("1"))));

  private void read(String provider, String bill, long input) {
    guard
        .hold(CallIntent.builder(ModelId.of(provider, "gpt-4o"))
            .attribution(Attribution.key("k"))
            .outputCap(0)
            .bill(bill))
        .settle(Usage.ofTokens(input, 0));
  }

  @Test
  void theSameBillIsChargedOnce() {
    read("openai", "batch:1", 1_000);
    read("openai", "batch:1", 1_000);
    read("openai", "batch:1", 400);

    assertThat(guard.balance("money", "").settled()).isEqualTo(2_500_000);
  }

  @Test
  void aBillThatGrewIsChargedTheRest() {
    read("openai", "batch:1", 400);
    read("openai", "batch:1", 1_000);
    guard.close();

    assertThat(guard.records)
        .extracting(SpendRecord::costNanoUsd)
        .containsExactly(1_000_000L, 1_500_000L);
  }

  @Test
  void aBillOfNoModelIsNoUnknownModel() {
    CallIntent.Builder bill = CallIntent.builder(ModelId.of("anthropic", "")).outputCap(0);
    guard.hold(bill.bill("batch:1")).release();
    guard.close();

    assertThat(guard.alerts).extracting(Alert::kind).doesNotContain(Alert.Kind.UNKNOWN_MODEL);
  }

  @Test
  void aCallOfNoModelIsOne() {
    guard.hold(CallIntent.builder(ModelId.of("anthropic", "")).outputCap(1)).release();
    guard.close();

    assertThat(guard.alerts).extracting(Alert::kind).contains(Alert.Kind.UNKNOWN_MODEL);
  }

  @Test
  void otherBillsAndThoseOfOtherProvidersAreChargedApart() {
    read("openai", "batch:1", 1_000);
    read("openai", "batch:2", 1_000);
    read("azure", "batch:1", 1_000);

    assertThat(guard.balance("money", "").settled()).isEqualTo(7_500_000);
  }

  @Test
  void ofManyWhoReadAtOnceOneIsCharged() {
    IntStream.range(0, 200).parallel().forEach(i -> read("openai", "batch:1", 1_000));

    assertThat(guard.balance("money", "").settled()).isEqualTo(2_500_000);
  }

  @Test
  void readingABillHoldsNothingSoThatItPassesWhenTheMoneyIsGone() {
    guard.spend(100_000, Attribution.key("k"));

    read("openai", "batch:1", 1_000);
    assertThat(guard.balance("money", "").settled()).isEqualTo(1_002_500_000);
  }
}
