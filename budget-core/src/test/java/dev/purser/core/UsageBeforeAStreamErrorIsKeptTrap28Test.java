package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trap 28: partial usage that was seen before an error in mid-stream is lost. */
class UsageBeforeAStreamErrorIsKeptTrap28Test {

  /** What the provider had counted, and five tokens that came after it. */
  private static final SeenUsage SEEN = new SeenUsage(
      Usage.ofTokens(4_000, 100),
      true,
      true,
      5,
      false,
      ModelId.of("openai", "gpt-4o-2024-08-06"),
      "default",
      "chatcmpl-1");

  /** 4,000 tokens read at $2.50 a million, and 105 written at $10. */
  private static final long COST = 10_000_000 + 1_050_000;

  private final Guard guard = Guard.on(Budget.total("money", Usd.of("1")));

  private Reservation hold() {
    return guard.hold(Guard.call(1_000, Attribution.key("k")).prompt(Prompt.ofTokens(8_000)));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CALL_FAILED", "STREAM_CUT", "ERROR_IN_ANSWER", "MALFORMED_ANSWER", "CLOSED_EARLY"})
  void whateverBrokeTheStreamWhatWasCountedIsChargedAndRecorded(AbandonReason reason) {
    Reservation call = hold();

    assertThat(call.abandon(reason, SEEN)).isTrue();

    assertThat(guard.balance("money", "").settled()).isEqualTo(COST);
    assertThat(guard.balance("money", "").held()).isZero();
    guard.close();
    assertThat(guard.records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
      assertThat(record.usage()).isEqualTo(Usage.ofTokens(4_000, 105));
      assertThat(record.costNanoUsd()).isEqualTo(COST);
      assertThat(record.spentNanoUsd()).isEqualTo(COST);
      assertThat(record.answered()).isEqualTo(SEEN.answeredBy());
      assertThat(record.serviceTier()).isEqualTo("default");
      assertThat(record.responseId()).isEqualTo("chatcmpl-1");
    });
  }

  @Test
  void closingTheReservationAfterTheErrorLosesNothing() {
    try (Reservation call = hold()) {
      call.abandon(AbandonReason.CALL_FAILED, SEEN);
    }

    assertThat(guard.balance("money", "").settled()).isEqualTo(COST);
    guard.close();
    assertThat(guard.records).extracting(SpendRecord::outcome).containsExactly(Outcome.ESTIMATED);
  }

  @Test
  void anErrorBeforeAnythingWasCountedChargesWhatWasReservedForTheInput() {
    Reservation call = hold();

    call.abandon(
        AbandonReason.CALL_FAILED,
        new SeenUsage(Usage.NONE, false, false, 0, false, null, null, null));

    assertThat(guard.balance("money", "").settled()).isEqualTo(20_000_000);
  }
}
