package dev.purser.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.samples.ContractLines.Answer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ContractLinesTest {

  private static final Answer ANSWER = new Answer("42", Usage.ofTokens(1_000, 200));

  @Test
  void aCallByHandCostsWhatItsAnswerUsed() {
    try (Purser purser = ContractLines.budgets()) {
      Usd cost = ContractLines.attributed(() ->
          assertThat(ContractLines.byHand(purser, question -> ANSWER, "why?")).isEqualTo("42"));

      // 1,000 × $2.50 a million and 200 × $10 a million
      assertThat(cost).isEqualTo(Usd.of("0.0045"));
    }
  }

  @Test
  void aCallByHandThatFailsIsChargedAtItsReservedAmount() {
    List<SpendRecord> charged = new CopyOnWriteArrayList<>();
    try (Purser purser = Purser.builder()
            .owner("dana@acme.dev")
            .budget(Budget.total("AI coding", Usd.of("250000")))
            .sink(charged::add)
            .build();
        AttributionScope run = Attribution.key("bob").open()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> ContractLines.byHand(
              purser,
              question -> {
                throw new IllegalStateException("connection lost");
              },
              "why?"));

      // 500 tokens of output at $10 a million, and some of input
      assertThat(run.spent()).isBetween(Usd.of("0.005"), Usd.of("0.0051"));
    }
    assertThat(charged)
        .singleElement()
        .extracting(SpendRecord::outcome)
        .isEqualTo(SpendRecord.Outcome.ABANDONED);
  }

  @Test
  void aCallByHandThatNoBudgetCarriesIsNeverMade() {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("tiny", Usd.of("0.001")))
        .build()) {
      assertThatExceptionOfType(BudgetExceededException.class)
          .isThrownBy(() -> ContractLines.byHand(
              purser,
              question -> {
                throw new AssertionError("the call was made");
              },
              "why?"))
          .satisfies(e -> {
            assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
            assertThat(e.refusal().budget()).isEqualTo("tiny");
            assertThat(e.refusal().owner()).isEqualTo("dana@acme.dev");
          });
    }
  }

  @Test
  void theHttpClientCarriesTheInterceptor() {
    try (Purser purser = ContractLines.budgets()) {
      assertThat(ContractLines.http(purser).interceptors())
          .hasSize(1)
          .hasOnlyElementsOfType(BudgetInterceptor.class);
    }
  }
}
