package dev.purser.junit;

import static dev.purser.junit.SpendAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Ceiling;
import dev.purser.api.ModelId;
import dev.purser.api.Reservation;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Assertions on what was spent, over a recorder and over a ceiling alike. */
class SpendAssertTest {

  private final SpendRecorder recorder = new SpendRecorder();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("1.00")))
      .sink(recorder)
      .build();
  private final Ceiling ceiling = Ceiling.open();

  @AfterEach
  void close() {
    ceiling.close();
    purser.close();
  }

  private Reservation hold(String model, long cap) {
    return purser
        .admit(CallIntent.builder(ModelId.of("openai", model)).outputCap(cap).build())
        .orThrow();
  }

  /** $0.10 on one model, 0.6 cents on another; one is not billed, and one charged in two steps. */
  @BeforeEach
  void spend() {
    hold("gpt-4o", 10_000).settle(Usage.ofTokens(0, 10_000));
    hold("gpt-4o-mini", 10_000).settle(Usage.ofTokens(0, 10_000));
    hold("gpt-4o", 20_000).release();
    Reservation cut = hold("gpt-4o", 20_000);
    cut.abandon(AbandonReason.CLOSED_EARLY);
    cut.settle(Usage.ofTokens(0, 2_000));
  }

  private void fails(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  private void check(SpendAssert on) {
    on.spentAtMost("0.126")
        .spent("0.126")
        .madeCalls(3)
        .madeAtMostCalls(3)
        .usedAtMostTokens(22_000)
        .calledOnly("gpt-4o*")
        .calledOnly("openai/*")
        .refusedNothing()
        .leftNothingUncounted();
    fails(() -> on.spentAtMost("0.125"), """
        Expected at most $0.125 to be spent: $0.126 was spent by 3 calls
          openai/gpt-4o: 2 calls, 0 tokens in, 12000 out, $0.12
          openai/gpt-4o-mini: 1 call, 0 tokens in, 10000 out, $0.006""");
    fails(() -> on.spent("0.12"), "Expected $0.12 to be spent");
    fails(() -> on.madeCalls(4), "Expected 4 calls: ");
    fails(() -> on.madeAtMostCalls(2), "Expected at most 2 calls: ");
    fails(() -> on.usedAtMostTokens(21_999), "at most 21999 tokens, but there were 22000");
    fails(() -> on.calledOnly("gpt-4o"), "only gpt-4o to be called, and not openai/gpt-4o-mini");
  }

  @Test
  void onARecorder() {
    assertThat(purser.flush(Duration.ofMinutes(1))).isTrue();
    check(assertThat(recorder));
  }

  @Test
  void onACeiling() {
    check(assertThat(ceiling));
  }

  @Test
  void refusalsAndWhatIsNotCounted() {
    purser.admit(
        CallIntent.builder(ModelId.of("openai", "gpt-4o")).outputCap(100_000).build());
    purser.unmetered(new UnmeteredCall(
        "openai", "POST api.openai.com/v1/batches", Attribution.NONE, null, "a batch"));
    assertThat(purser.flush(Duration.ofMinutes(1))).isTrue();

    for (SpendAssert on : new SpendAssert[] {assertThat(ceiling), assertThat(recorder)}) {
      on.spent("0.126");
      fails(on::refusedNothing, "Expected no call to be refused: ");
      fails(
          on::refusedNothing, "\nrefused:\n  openai/gpt-4o: Refused: budget \"all\" is exhausted");
      fails(
          on::leftNothingUncounted,
          "Expected every call to be counted: $0.126 was spent by 3 calls");
      fails(on::leftNothingUncounted, "\nnot counted:\n  POST api.openai.com/v1/batches: a batch");
    }
  }

  @Test
  void whatIsForgottenIsNotCounted() {
    assertThat(purser.flush(Duration.ofMinutes(1))).isTrue();
    recorder.clear();
    assertThat(recorder).spent("0").madeCalls(0).calledOnly("none");
  }
}
