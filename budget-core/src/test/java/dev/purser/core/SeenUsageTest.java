package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import org.junit.jupiter.api.Test;

/** Trap 24: a stream without a usage event is charged for visible text only and misses the rest. */
class SeenUsageTest {

  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  private final Guard guard =
      new Guard(builder -> Guard.with(builder.owner("dana"), Budget.total("money", Usd.of("1"))));

  private Reservation hold(ModelId model) {
    return guard.hold(CallIntent.builder(model)
        .attribution(Attribution.key("k"))
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(500));
  }

  private static SeenUsage seen(Usage stated, boolean input, boolean output, long visible) {
    return new SeenUsage(stated, input, output, visible, false, null, null, "r1");
  }

  private SpendRecord only() {
    guard.close();
    assertThat(guard.records).hasSize(1);
    return guard.records.get(0);
  }

  @Test
  void theInputIsChargedInFullAndTheOutputAsFarAsItWasSeen() {
    boolean ended =
        hold(GPT_4O).abandon(AbandonReason.STREAM_CUT, seen(Usage.NONE, false, false, 100));

    assertThat(ended).isTrue();
    SpendRecord record = only();
    assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
    assertThat(record.reason()).isEqualTo("stream_cut");
    assertThat(record.usage()).isEqualTo(Usage.ofTokens(1_000, 100));
    assertThat(record.costNanoUsd()).isEqualTo(2_500_000 + 1_000_000);
    assertThat(record.responseId()).isEqualTo("r1");
  }

  @Test
  void whatTheProviderHadCountedTakesThePlaceOfTheBound() {
    hold(GPT_4O).abandon(AbandonReason.CLOSED_EARLY, seen(Usage.ofTokens(700, 20), true, true, 5));

    assertThat(only().usage()).isEqualTo(Usage.ofTokens(700, 25));
  }

  @Test
  void aStatedInputOfZeroIsZero() {
    hold(GPT_4O).abandon(AbandonReason.CLOSED_EARLY, seen(Usage.NONE, true, false, 5));

    assertThat(only().usage()).isEqualTo(Usage.ofTokens(0, 5));
  }

  @Test
  void whatIsSeenIsNeverMoreThanWhatWasReserved() {
    Reservation held = hold(GPT_4O);
    held.abandon(AbandonReason.STREAM_CUT, seen(Usage.NONE, false, false, 1_000_000));

    assertThat(only().costNanoUsd()).isLessThanOrEqualTo(held.reserved().nanos());
  }

  @Test
  void aModelThatThinksIsChargedTheReservedAmount() {
    Reservation held = hold(ModelId.of("openai", "o3"));
    held.abandon(AbandonReason.STREAM_CUT, seen(Usage.NONE, false, false, 3));

    SpendRecord record = only();
    assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(record.costNanoUsd()).isEqualTo(held.reserved().nanos());
  }

  @Test
  void soIsOneThatThoughtWithoutOurKnowing() {
    Reservation held = hold(GPT_4O);
    held.abandon(
        AbandonReason.STREAM_CUT,
        new SeenUsage(Usage.NONE, false, false, 3, true, null, null, null));

    assertThat(only().outcome()).isEqualTo(Outcome.ABANDONED);
  }

  @Test
  void aModelThatThinksIsChargedByTheProvidersCountWhereThereIsOne() {
    hold(ModelId.of("google", "gemini-2.5-flash"))
        .abandon(AbandonReason.STREAM_CUT, seen(Usage.ofTokens(900, 70), true, true, 0));

    assertThat(only().usage()).isEqualTo(Usage.ofTokens(900, 70));
  }

  @Test
  void feesThatNobodyHasCountedYetAreChargedAsTheyWereHeld() {
    Reservation held = holdSearches(3);
    held.abandon(AbandonReason.STREAM_CUT, seen(Usage.ofTokens(900, 10), true, false, 0));

    SpendRecord record = only();
    assertThat(record.usage().count(UsageKind.WEB_SEARCH)).isEqualTo(3);
    assertThat(record.usage().inputTokens()).isEqualTo(900);
    assertThat(record.costNanoUsd()).isLessThanOrEqualTo(held.reserved().nanos());
  }

  @Test
  void ofFeesThatWereCountedHalfWayTheRestIsCharged() {
    Usage soFar = Usage.builder().add(UsageKind.WEB_SEARCH, 1).build();
    holdSearches(3).abandon(AbandonReason.STREAM_CUT, seen(soFar, false, false, 0));

    assertThat(only().usage().count(UsageKind.WEB_SEARCH)).isEqualTo(3);
  }

  @Test
  void feesThatAreCountedWithTheOutputAreThose() {
    Usage counted =
        Usage.ofTokens(900, 70).toBuilder().add(UsageKind.WEB_SEARCH, 1).build();
    holdSearches(3).abandon(AbandonReason.STREAM_CUT, seen(counted, true, true, 0));

    assertThat(only().usage()).isEqualTo(counted);
  }

  @Test
  void noFeesCountedWithTheOutputAreNone() {
    holdSearches(3).abandon(AbandonReason.STREAM_CUT, seen(Usage.ofTokens(900, 70), true, true, 0));

    assertThat(only().usage()).isEqualTo(Usage.ofTokens(900, 70));
  }

  private Reservation holdSearches(long most) {
    Prompt prompt =
        Prompt.builder().tokens(1_000).fees(UsageKind.WEB_SEARCH, most).build();
    return guard.hold(CallIntent.builder(GPT_4O)
        .attribution(Attribution.key("k"))
        .prompt(prompt)
        .outputCap(500));
  }

  @Test
  void itEndsTheReservationOnce() {
    Reservation held = hold(GPT_4O);
    assertThat(held.abandon(AbandonReason.STREAM_CUT, seen(Usage.NONE, false, false, 3)))
        .isTrue();
    assertThat(held.abandon(AbandonReason.STREAM_CUT, seen(Usage.NONE, false, false, 3)))
        .isFalse();
    assertThat(held.settle(Usage.ofTokens(1, 1))).isFalse();
    assertThat(held.release()).isFalse();
    only();
  }
}
