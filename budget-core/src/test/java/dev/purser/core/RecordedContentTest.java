package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.CallTrace;
import dev.purser.api.Exchange;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 8: prompts and answers are recorded only when asked for, through a redactor, with a limit. */
class RecordedContentTest {

  private static final Budget BUDGET = Budget.total("all", Usd.of("10"));

  private static Guard guard(UnaryOperator<PurserBuilder> content) {
    return new Guard(builder -> content.apply(Guard.with(builder.owner("dana"), BUDGET)));
  }

  private static void tell(Reservation held) {
    CallTrace trace = held.trace();
    trace.prompt("Tell alice@acme.dev what a purser is");
    trace.answer("The officer who keeps the money");
  }

  private static List<Exchange> exchanges(Guard guard) {
    guard.close();
    return guard.records.stream().map(SpendRecord::exchange).toList();
  }

  @Test
  void withoutBeingAskedForNothingIsWantedAndNothingRecorded() {
    Guard guard = guard(builder -> builder);
    Reservation held = guard.hold(call(100));
    assertThat(held.trace().wantedContent()).isZero();
    tell(held);
    held.settle(Usage.ofTokens(1, 1));

    assertThat(exchanges(guard)).singleElement().satisfies(exchange -> {
      assertThat(exchange.prompt()).isNull();
      assertThat(exchange.answer()).isNull();
    });
  }

  @Test
  void whenAskedForBothAreRecordedRedactedAndCutAndNoTextShowsThem() {
    Guard guard = guard(builder -> builder.recordContent(24));
    Reservation held = guard.hold(call(100));
    assertThat(held.trace().wantedContent()).isGreaterThan(24);
    tell(held);
    held.settle(Usage.ofTokens(1, 1));

    assertThat(exchanges(guard)).singleElement().satisfies(exchange -> {
      assertThat(exchange.prompt()).isEqualTo("Tell [redacted e-mail] w");
      assertThat(exchange.answer()).isEqualTo("The officer who keeps th");
    });
    assertThat(guard.records.toString()).doesNotContain("Tell", "officer");
    assertThat(held.trace().toString()).doesNotContain("Tell", "officer");
  }

  @Test
  void redactorsThatAreNamedTakeThePlaceOfTheReadyMadeOnes() {
    Guard guard = guard(
        builder -> builder.recordContent(1000, text -> text.toString().replace("purser", "…")));
    Reservation held = guard.hold(call(100));
    tell(held);
    held.release();

    assertThat(exchanges(guard))
        .extracting(Exchange::prompt)
        .containsExactly("Tell alice@acme.dev what a … is");
  }

  @Test
  void aRedactorThatThrowsLeavesTheContentOutIsToldOnceAndHarmsNoCall() {
    Guard guard = guard(builder -> builder.recordContent(1000, text -> {
      throw new IllegalStateException("broken by " + text);
    }));
    for (int i = 0; i < 2; i++) {
      Reservation held = guard.hold(call(100));
      tell(held);
      assertThat(held.settle(Usage.ofTokens(1, 1))).isTrue();
    }
    assertThat(guard.purser.counters()).containsEntry("fault.redactor", 4L);

    assertThat(exchanges(guard)).hasSize(2).allSatisfy(exchange -> {
      assertThat(exchange.prompt()).isNull();
      assertThat(exchange.answer()).isNull();
    });
    assertThat(guard.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.FAULT);
      assertThat(alert.message()).contains("IllegalStateException").doesNotContain("alice");
    });
  }

  /** A call that was charged without an answer may be kept for long; its prompt need not. */
  @Test
  void theRecordOfAnAbandonedCallHasItsPromptAndTheOneThatCorrectsItHasTheAnswer() {
    Guard guard = guard(builder -> builder.recordContent(1000));
    Reservation held = guard.hold(call(100));
    held.trace().prompt("What is a purser?");
    held.abandon(AbandonReason.STREAM_CUT);
    held.trace().answer("The officer");
    held.settle(Usage.ofTokens(1, 1));

    assertThat(exchanges(guard))
        .extracting(exchange -> exchange.prompt() + ", " + exchange.answer())
        .containsExactly("What is a purser?, null", "null, The officer");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1_000_001})
  void aLimitThatIsNoneIsRefused(int limit) {
    assertThatThrownBy(() -> Purser.builder().recordContent(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recordContent");
  }
}
