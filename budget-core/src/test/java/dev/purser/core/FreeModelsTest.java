package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import org.junit.jupiter.api.Test;

/** Trap 19: a free or zero-priced local model is refused because the money is gone. */
class FreeModelsTest {

  private static final ModelId LOCAL = ModelId.of("other", "llama3.2:3b");

  private final Guard guard = new Guard(builder -> Guard.with(
      builder.owner("dana").freeModels("llama3*", "ollama/*"),
      Budget.total("money", Usd.of("0.01")),
      Budget.of("tokens", Measure.TOKENS, 10_000, Window.DAY),
      Budget.of("requests", Measure.REQUESTS, 3, Window.DAY)));

  private static CallIntent.Builder local() {
    return CallIntent.builder(LOCAL).prompt(Prompt.ofTokens(1_000)).outputCap(1_000);
  }

  @Test
  void aFreeModelPassesWhenTheMoneyIsGoneAndItsTokensCount() {
    guard.spend(1_000, Attribution.key("k"));
    assertThat(guard.refusal(Guard.call(100)).budget()).isEqualTo("money");

    guard
        .hold(local())
        .settle(new Settlement(
            Usage.ofTokens(1_000, 500), ModelId.of("other", "llama3.2"), null, null));

    assertThat(guard.balance("money", "").settled()).isEqualTo(10_000_000);
    assertThat(guard.balance("tokens", "").settled()).isEqualTo(2_500);
    assertThat(guard.balance("requests", "").settled()).isEqualTo(2);
    guard.hold(local()).settle(Usage.ofTokens(1_000, 500));
    assertThat(guard.refusal(local()).budget()).isEqualTo("requests");
  }

  @Test
  void itIsDeclaredSoNobodyIsToldThatItsPriceIsUnknown() {
    guard.hold(local()).release();
    guard.close();

    assertThat(guard.alerts).extracting(Alert::kind).doesNotContain(Alert.Kind.UNKNOWN_MODEL);
  }

  @Test
  void aModelThatIsNotDeclaredIsNotFree() {
    CallIntent.Builder undeclared = CallIntent.builder(ModelId.of("other", "mixtral"))
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(1_000);

    assertThat(guard.refusal(undeclared).budget()).isEqualTo("money");
  }
}
