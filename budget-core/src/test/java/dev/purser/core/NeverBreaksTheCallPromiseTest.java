package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.ForwardingLedger;
import dev.purser.spi.Quote;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Promise 7: a part that fails is counted and passed over; only a refusal stops a call. */
class NeverBreaksTheCallPromiseTest {

  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");
  private static final CallIntent CALL =
      CallIntent.builder(GPT_4O).prompt(Prompt.ofText("hello")).outputCap(10).build();

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  private PurserBuilder builder() {
    return Purser.builder()
        .owner("dana")
        .budget(Budget.total("all", Usd.of("1")))
        .sink(records::add)
        .alertSink(alerts::add);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // stands for any result; never returns one
  private static <T> T fail() {
    throw new IllegalStateException("a plug-in failed");
  }

  @Test
  void anEstimatorThatFailsIsReplacedByATokenAByte() {
    try (Purser purser = builder().estimator((model, prompt) -> fail()).build()) {
      Reservation held = purser.admit(CALL).orThrow();
      // "hello" is at most 15 tokens, at $2.50 a million, and ten more at $10.
      assertThat(held.reserved()).isEqualTo(Usd.of("0.0001375"));
      assertThat(held.settle(Usage.ofTokens(1, 1))).isTrue();
      assertThat(purser.counters()).containsEntry("fault.estimator", 1L);
    }
    assertThat(alerts).extracting(Alert::kind).containsExactly(Alert.Kind.FAULT);
  }

  @Test
  void aRouterThatFailsLeavesTheModelThatWasAskedFor() {
    try (Purser purser = builder().router(intent -> fail()).build()) {
      CallIntent routable =
          CallIntent.builder(GPT_4O).outputCap(10).modelAdjustable(true).build();
      assertThat(((Admission.Admitted) purser.admit(routable)).model()).isEqualTo(GPT_4O);
      assertThat(purser.counters()).containsEntry("fault.router", 1L);
    }
  }

  @Test
  void aPriceBookThatFailsIsReplacedByTheBundledOneAndNeverByNothing() {
    try (Purser purser = builder().prices((model, tier, region, at) -> fail()).build()) {
      assertThat(purser.admit(CALL).orThrow().reserved().isPositive()).isTrue();
      assertThat(purser.counters()).containsEntry("fault.price_book", 1L);
    }
  }

  @Test
  void aQuoteThatFailsAtTheEndChargesTheReservedAmount() {
    Quote broken = new Quote() {
      @Override
      public String table() {
        return "broken";
      }

      @Override
      public boolean known() {
        return true;
      }

      @Override
      public long maxOutputTokens() {
        return 100;
      }

      @Override
      public long worstCaseNanoUsd(Usage bound) {
        return 5000;
      }

      @Override
      public long costNanoUsd(Settlement settlement) {
        return fail();
      }
    };
    try (Purser purser = builder().prices((model, tier, region, at) -> broken).build()) {
      assertThat(purser.admit(CALL).orThrow().settle(Usage.ofTokens(1, 1))).isTrue();
    }
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(SpendRecord.Outcome.ABANDONED);
      assertThat(record.costNanoUsd()).isEqualTo(5000);
    });
  }

  @Test
  void aLedgerThatFailsLetsTheCallPassAndItIsRecordedAsUnmetered() {
    var broken = new ForwardingLedger(new InMemoryLedger()) {
      @Override
      public dev.purser.spi.Reserved reserve(dev.purser.spi.Demand demand) {
        return fail();
      }
    };
    try (Purser purser = builder().ledger(broken).build()) {
      assertThat(purser.admit(CALL)).isInstanceOf(Admission.Admitted.class);
    }
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(SpendRecord.Outcome.UNMETERED);
    assertThat(alerts)
        .extracting(Alert::kind)
        .containsExactly(Alert.Kind.FAULT, Alert.Kind.UNMETERED);
  }

  @Test
  void aSinkThatFailsTakesNothingFromTheCall() {
    try (Purser purser = builder()
        .sink(record -> {
          throw new java.io.IOException("disk full");
        })
        .build()) {
      assertThat(purser.admit(CALL).orThrow().settle(Usage.ofTokens(1, 1))).isTrue();
    }
    assertThat(records).hasSize(1);
  }

  @Test
  void unmeteredCallsAreRecordedEveryTimeAndAlertOnce() {
    UnmeteredCall batch = new UnmeteredCall(
        "openai", "POST api.openai.com/v1/batches", Attribution.NONE, null, "no dialect reads it");
    try (Purser purser = builder().build()) {
      purser.unmetered(batch);
      purser.unmetered(batch);
      assertThat(purser.counters()).containsEntry("calls.unmetered", 2L);
    }
    assertThat(records)
        .hasSize(2)
        .allSatisfy(
            record -> assertThat(record.outcome()).isEqualTo(SpendRecord.Outcome.UNMETERED));
    assertThat(alerts).extracting(Alert::kind).containsExactly(Alert.Kind.UNMETERED);
  }

  @Test
  void anUnknownModelIsChargedAsTheDearestAndAlertsOnce() {
    CallIntent unknown =
        CallIntent.builder(ModelId.of("openai", "gpt-99")).outputCap(100).build();
    try (Purser purser = builder().build()) {
      Reservation first = purser.admit(unknown).orThrow();
      purser.admit(unknown).orThrow();
      assertThat(first.reserved().nanos()).isGreaterThanOrEqualTo(60_000_000);
    }
    assertThat(alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.UNKNOWN_MODEL);
      assertThat(alert.subject()).isEqualTo("openai/gpt-99");
    });
  }

  @Test
  void aPlugInThatReturnsNothingOrDiesOfAnErrorIsReplacedToo() {
    try (Purser purser = builder()
        .estimator((model, prompt) -> null)
        .prices((model, tier, region, at) -> {
          throw new AssertionError("no price");
        })
        .build()) {
      assertThat(purser.admit(CALL).orThrow().reserved()).isEqualTo(Usd.of("0.0001375"));
      assertThat(purser.counters())
          .containsEntry("fault.estimator", 1L)
          .containsEntry("fault.price_book", 1L);
    }
  }

  @Test
  void endpointsThatDifferInAnIdAlertOnce() {
    try (Purser purser = builder().build()) {
      for (int i = 0; i < 3; i++) {
        purser.unmetered(new UnmeteredCall(
            "openai",
            "POST api.openai.com/v1/threads/thread_" + i + "/messages",
            Attribution.NONE,
            null,
            "no dialect"));
      }
    }
    assertThat(records).hasSize(3);
    assertThat(alerts).extracting(Alert::subject).containsExactly("POST api.openai.com/v1/threads");
  }
}
