package dev.purser.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.samples.ContractLines.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ContractLinesTest {

  private static final Answer ANSWER = new Answer("42", Usage.ofTokens(1_000, 200));

  @Test
  void aCallByHandCostsWhatItsAnswerUsed() {
    try (Purser purser = ContractLines.waiting()) {
      Usd cost = ContractLines.attributed(() ->
          assertThat(ContractLines.byHand(purser, question -> ANSWER, "why?")).isEqualTo("42"));

      // 1,000 × $2.50 a million and 200 × $10 a million
      assertThat(cost).isEqualTo(Usd.of("0.0045"));
    }
  }

  /** In a process of its own, for the folder stands where that runs. */
  @Test
  void aRestartOfTheFirstExampleForgetsNothing(@TempDir Path folder) throws Exception {
    assertThat(FirstExample.run(folder)).isEqualTo("spent $0.00, then $0.0045");
    assertThat(FirstExample.run(folder)).isEqualTo("spent $0.0045, then $0.009");
    assertThat(folder.resolve("spend")).isDirectory();
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
    try (Purser purser = ContractLines.waiting()) {
      assertThat(ContractLines.http(purser).interceptors())
          .hasSize(1)
          .hasOnlyElementsOfType(BudgetInterceptor.class);
    }
  }

  @Test
  void aGuardOfAFileFollowsIt(@TempDir Path folder) throws Exception {
    String sample = Files.readString(Path.of("purser.yaml"));
    Path file = Files.writeString(folder.resolve("purser.yaml"), sample);
    try (Purser purser = ContractLines.configured(file)) {
      assertThat(purser.budgets().get(0).limit()).isEqualTo(Usd.of("250000").nanos());

      Files.writeString(file, sample.replace("$250000", "$300000"));
      purser.reload();

      assertThat(purser.budgets().get(0).limit()).isEqualTo(Usd.of("300000").nanos());
    }
  }

  @Test
  @Timeout(60)
  void aCallThatWaitsIsAdmittedWhenAnotherHasGivenBackWhatItHeld() throws Exception {
    try (Purser purser = ContractLines.waiting()) {
      // $70 of $75
      Reservation open = purser.admit(call("gpt-4o", 7_000_000)).orThrow();
      CompletableFuture<Reservation> admitted = new CompletableFuture<>();
      Thread waiting = new Thread(
          () -> admitted.complete(purser.admit(call("gpt-4o", 1_000_000)).orThrow()));
      waiting.start();
      while (waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(admitted).isNotDone();

      open.settle(Usage.ofTokens(1_000, 200));

      assertThat(admitted.get().release()).isTrue();
      assertThat(purser.counters()).containsEntry("calls.waited.admitted", 1L);
    }
  }

  @Test
  void aFilteredBudgetRefusesItsOwnCallsAndAnObservingOneNone() {
    try (Purser purser = ContractLines.filteredAndObserving();
        AttributionScope run =
            Attribution.key("bob").team("platform").session("s").open()) {
      purser.admit(call("gpt-4o", 600_000_000)).orThrow().settle(Usage.ofTokens(1_000, 200));

      assertThat(purser.counters()).containsEntry("calls.observed.exhausted", 1L);
      assertThat(run.spent()).isEqualTo(Usd.of("0.0045"));
      assertThatExceptionOfType(BudgetExceededException.class)
          .isThrownBy(() -> purser.admit(call("claude-opus-4-6", 600_000_000)).orThrow())
          .satisfies(e -> assertThat(e.refusal().scope()).isEqualTo("team=platform"));
    }
  }

  @Test
  void aSubAgentDrawsOnTheSessionAroundIt() {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("session", Usd.of("0.008")).per(Dimension.SESSION))
        .build()) {
      Runnable agent = () -> ContractLines.byHand(purser, question -> ANSWER, "why?");

      assertThatExceptionOfType(BudgetExceededException.class)
          .isThrownBy(() -> ContractLines.subAgent(agent, agent))
          .satisfies(e -> assertThat(e.refusal().scope()).isEqualTo("session=fix-1234"));
    }
  }

  private static CallIntent call(String model, long outputCap) {
    String provider = model.startsWith("claude") ? "anthropic" : "openai";
    return CallIntent.builder(ModelId.of(provider, model)).outputCap(outputCap).build();
  }
}
