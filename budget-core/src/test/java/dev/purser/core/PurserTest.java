package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PurserTest {

  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private Purser purser;

  private Purser start(Budget... budgets) {
    PurserBuilder builder = Purser.builder().owner("dana").clock(clock).sink(records::add);
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    purser = builder.build();
    return purser;
  }

  @AfterEach
  void close() {
    if (purser != null) {
      purser.close();
    }
  }

  /** $0.02 to read and $0.16 to write on gpt-4o. */
  private static CallIntent.Builder call() {
    return CallIntent.builder(GPT_4O).prompt(Prompt.ofTokens(8000)).outputCap(16_000);
  }

  private static Refusal refusal(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    return ((Admission.Refused) admission).refusal();
  }

  @Test
  void holdsTheWorstCaseSettlesWhatWasUsedAndGivesTheRestBack() {
    start(Budget.total("all", Usd.of("0.20")));

    try (Reservation held = purser.admit(call().build()).orThrow()) {
      assertThat(held.reserved()).isEqualTo(Usd.of("0.18"));
      assertThat(refusal(purser.admit(call().build())).reason()).isEqualTo(Refusal.Reason.HELD);
      assertThat(held.settle(Usage.ofTokens(8000, 100))).isTrue();
    }
    try (Reservation next = purser.admit(call().outputCap(15_900).build()).orThrow()) {
      assertThat(next.reserved()).isEqualTo(Usd.of("0.179"));
      next.release();
    }
    purser.close();

    assertThat(records)
        .extracting(SpendRecord::outcome, SpendRecord::costNanoUsd)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(SpendRecord.Outcome.REFUSED, 0L),
            org.assertj.core.groups.Tuple.tuple(SpendRecord.Outcome.SETTLED, 21_000_000L),
            org.assertj.core.groups.Tuple.tuple(SpendRecord.Outcome.RELEASED, 0L));
  }

  @Test
  void aRefusalSaysWhichBudgetWhoseAndHowMuch() {
    start(Budget.daily("tripwire", Usd.of("0.10")).per(Dimension.KEY));

    Refusal refusal =
        refusal(purser.admit(call().attribution(Attribution.key("alice")).build()));

    assertThat(refusal)
        .isEqualTo(new Refusal(
            Refusal.Reason.EXHAUSTED,
            "tripwire",
            "key=alice",
            "dana",
            Measure.USD,
            100_000_000,
            0,
            0,
            180_000_000,
            Instant.parse("2026-11-24T00:00:00Z")));
    assertThatThrownBy(() -> purser.admit(call().build()).orThrow())
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageContaining("tripwire");
  }

  @Test
  void everyBudgetThatCoversTheCallCounts() {
    start(
        Budget.total("all", Usd.of("10")),
        Budget.total("team", Usd.of("0.30")).per(Dimension.TEAM),
        Budget.of("requests", Measure.REQUESTS, 3, Window.DAY),
        Budget.of("tokens", Measure.TOKENS, 100_000, Window.TOTAL));
    Attribution red = Attribution.NONE.team("red");
    Attribution blue = Attribution.NONE.team("blue");

    assertThat(purser
            .admit(call().attribution(red).build())
            .orThrow()
            .settle(Usage.ofTokens(8000, 16_000)))
        .isTrue();
    assertThat(refusal(purser.admit(call().attribution(red).build())).budget()).isEqualTo("team");
    assertThat(purser
            .admit(call().attribution(blue).build())
            .orThrow()
            .settle(Usage.ofTokens(8000, 10)))
        .isTrue();
    assertThat(purser
            .admit(
                call().attribution(Attribution.NONE.team("green")).outputCap(1).build())
            .orThrow()
            .settle(Usage.ofTokens(1, 1)))
        .isTrue();
    assertThat(refusal(
                purser.admit(call().attribution(Attribution.NONE.team("pink")).build()))
            .budget())
        .isEqualTo("requests");
  }

  @Test
  void aDayEndsAtMidnightOfItsZone() {
    start(Budget.daily("day", Usd.of("0.20")).zone(ZoneId.of("America/Los_Angeles")));

    purser.admit(call().build()).orThrow().settle(Usage.ofTokens(8000, 16_000));
    assertThat(refusal(purser.admit(call().build())).resetsAt())
        .isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));
    clock.forward(Duration.ofHours(19));
    assertThat(purser.admit(call().build())).isInstanceOf(Admission.Refused.class);
    clock.forward(Duration.ofHours(1));
    assertThat(purser.admit(call().build())).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void theModelThatAnsweredDecidesThePriceAndSoDoesItsTier() {
    start(Budget.total("all", Usd.of("10")));

    Reservation held = purser.admit(call().build()).orThrow();
    held.settle(new Settlement(
        Usage.ofTokens(1_000_000, 0),
        ModelId.of("openai", "gpt-4o-mini-2024-07-18"),
        "default",
        "chatcmpl-1"));
    purser.close();

    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.costNanoUsd()).isEqualTo(Usd.of("0.15").nanos());
      assertThat(record.answered()).isEqualTo(ModelId.of("openai", "gpt-4o-mini-2024-07-18"));
      assertThat(record.responseId()).isEqualTo("chatcmpl-1");
    });
  }

  @Test
  void closingWithoutAWordChargesTheReservedAmountAndALateSettlementCorrectsIt() {
    start(Budget.total("all", Usd.of("1")));
    Attribution who = Attribution.key("alice");
    try (AttributionScope run = who.open()) {
      Reservation held = purser.admit(call().build()).orThrow();
      held.close();
      assertThat(run.spent()).isEqualTo(Usd.of("0.18"));
      assertThat(held.settle(Usage.ofTokens(8000, 0))).isTrue();
      assertThat(run.spent()).isEqualTo(Usd.of("0.02"));
      assertThat(held.settle(Usage.ofTokens(8000, 500))).isFalse();
      assertThat(held.release()).isFalse();
      assertThat(held.abandon(AbandonReason.CLOSED_EARLY)).isFalse();
      assertThat(run.spent()).isEqualTo(Usd.of("0.02"));
    }
    purser.close();

    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(SpendRecord.Outcome.ABANDONED, SpendRecord.Outcome.CORRECTED);
    assertThat(records.get(0).reason()).isEqualTo("not_settled");
    assertThat(purser.counters()).containsEntry("calls.abandoned.not_settled", 1L);
  }

  @Test
  void aLeaseThatEndsTurnsTheHoldIntoACharge() {
    start(Budget.total("all", Usd.of("0.30")));
    Reservation forgotten = purser.admit(call().build()).orThrow();

    clock.forward(Duration.ofMinutes(15));
    assertThat(refusal(purser.admit(call().build()))).satisfies(refusal -> {
      assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
      assertThat(refusal.settled()).isEqualTo(180_000_000);
      assertThat(refusal.held()).isZero();
    });
    assertThat(forgotten.settle(Usage.ofTokens(0, 0))).isTrue();
    assertThat(purser.admit(call().build())).isInstanceOf(Admission.Admitted.class);
    purser.close();

    assertThat(records).extracting(SpendRecord::reason).startsWith("lease_ended");
  }

  @Test
  void aBillAboveItsReservationIsCountedInFull() {
    start(Budget.total("all", Usd.of("0.20")));

    purser.admit(call().outputCap(0).build()).orThrow().settle(Usage.ofTokens(8000, 50_000));

    Refusal refusal = refusal(purser.admit(call().outputCap(0).build()));
    assertThat(refusal.settled()).isEqualTo(520_000_000);
    assertThat(purser.counters()).containsEntry("calls.bill_above_reservation", 1L);
  }

  @Test
  void aFreeCallPassesAFullBudget() {
    start(Budget.total("all", Usd.of("0.01")));
    purser
        .admit(call().prompt(Prompt.EMPTY).outputCap(1000).build())
        .orThrow()
        .settle(Usage.ofTokens(0, 1000));

    assertThat(purser.admit(call().prompt(Prompt.EMPTY).outputCap(1).build()))
        .isInstanceOf(Admission.Refused.class);
    assertThat(purser.admit(call().prompt(Prompt.EMPTY).outputCap(0).build()))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void severalChoicesMayEachBeAsLongAsTheCap() {
    start(Budget.total("all", Usd.of("1")));

    assertThat(purser.admit(call().choices(3).build()).orThrow().reserved())
        .isEqualTo(Usd.of("0.50"));
  }

  @Test
  void aCallWithoutACapHoldsWhatTheModelCanWriteOrIsFittedToTheMoney() {
    start(Budget.total("all", Usd.of("0.25")));
    CallIntent uncapped = CallIntent.builder(GPT_4O)
        .prompt(Prompt.ofTokens(8000))
        .capAdjustable(true)
        .build();

    Admission.Admitted first = (Admission.Admitted) purser.admit(uncapped);
    Admission.Admitted second = (Admission.Admitted) purser.admit(uncapped);

    assertThat(first.reservation().reserved()).isEqualTo(Usd.of("0.18384"));
    assertThat(first.outputCap()).isEmpty();
    // $0.25 − $0.18384 − $0.02 pays for 4,616 tokens at $10 a million.
    assertThat(second.outputCap()).isEqualTo(OptionalLong.of(4616));
    assertThat(second.reservation().reserved()).isEqualTo(Usd.of("0.06616"));
    assertThat(refusal(purser.admit(uncapped)).reason()).isEqualTo(Refusal.Reason.HELD);
  }

  @Test
  void aCapThatTheCallerSetIsOnlyLoweredWhereThatWasAllowed() {
    purser = Purser.builder()
        .owner("dana")
        .budget(Budget.total("all", Usd.of("0.10")))
        .fit(Fit.ALL)
        .clock(clock)
        .sink(records::add)
        .build();

    assertThat(purser.admit(call().build())).isInstanceOf(Admission.Refused.class);
    Admission.Admitted fitted =
        (Admission.Admitted) purser.admit(call().capAdjustable(true).build());
    assertThat(fitted.outputCap()).isEqualTo(OptionalLong.of(8000));
    fitted.reservation().settle(Usage.ofTokens(8000, 8000));
    assertThat(refusal(purser.admit(call().capAdjustable(true).build())).reason())
        .isEqualTo(Refusal.Reason.EXHAUSTED);
  }

  @Test
  void speechMayBeAnsweredWhereTheModelSpeaks() {
    start(Budget.total("all", Usd.of("10")));
    CallIntent spoken = CallIntent.builder(ModelId.of("openai", "gpt-4o-audio-preview"))
        .outputCap(16_000)
        .build();

    // $80 a million tokens of audio, where text is $10.
    assertThat(purser.admit(spoken).orThrow().reserved()).isEqualTo(Usd.of("1.28"));
  }

  @Test
  void aDiscountIsOnlyGrantedWhereTheAnswerStatesItsTier() {
    start(Budget.total("all", Usd.of("10")));
    CallIntent flex = CallIntent.builder(ModelId.of("openai", "gpt-5"))
        .serviceTier("flex")
        .outputCap(1000)
        .build();
    Usage usage = Usage.ofTokens(0, 1000);

    Reservation unstated = purser.admit(flex).orThrow();
    assertThat(unstated.reserved()).isEqualTo(Usd.of("0.01001"));
    unstated.settle(usage);
    purser.admit(flex).orThrow().settle(new Settlement(usage, null, "auto", null));
    purser.admit(flex).orThrow().settle(new Settlement(usage, null, "flex", null));
    purser.close();

    assertThat(records)
        .extracting(SpendRecord::costNanoUsd)
        .containsExactly(10_000_000L, 10_000_000L, 5_000_000L);
  }

  @Test
  void anUnknownModelIsNeverFittedToACapThatItMayNotKnow() {
    start(Budget.daily("tripwire", Usd.of("75")));
    CallIntent local =
        CallIntent.builder(ModelId.of("other", "llama3.2")).capAdjustable(true).build();

    Admission.Admitted fitted = (Admission.Admitted) purser.admit(local);

    assertThat(fitted.outputCap()).isEqualTo(OptionalLong.of(4096));
    assertThat(purser.admit(local)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void onlyACallThatCanGoElsewhereIsRouted() {
    ModelId mini = ModelId.of("openai", "gpt-4o-mini");
    purser = Purser.builder()
        .owner("dana")
        .budget(Budget.total("all", Usd.of("10")))
        .router(intent -> mini)
        .build();

    assertThat(((Admission.Admitted) purser.admit(call().build())).model()).isEqualTo(GPT_4O);
    assertThat(((Admission.Admitted) purser.admit(call().modelAdjustable(true).build())).model())
        .isEqualTo(mini);
  }
}
