package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import org.junit.jupiter.api.Test;

/** Trap 8: a key's cap is skipped because its team has one. Every covering budget counts. */
class EveryCoveringBudgetCountsTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("bob").team("platform");

  @Test
  void theKeysCapHoldsBesideItsTeamsAndTheTeamsBesideItsKeys() {
    Guard guard = Guard.on(
        Budget.daily("key", Usd.of("0.30")).per(Dimension.KEY),
        Budget.daily("team", Usd.of("0.50")).per(Dimension.TEAM));
    guard.spend(30_000, ALICE);

    assertThat(guard.refusal(call(1_000, ALICE)).budget()).isEqualTo("key");
    assertThat(guard.refusal(call(25_000, BOB)).budget()).isEqualTo("team");
    guard.spend(20_000, BOB);
    assertThat(guard.refusal(call(1_000, BOB)).scope()).isEqualTo("team=platform");
  }

  @Test
  void aRefusedCallHoldsNothingOnAnyOfThem() {
    Guard guard = Guard.on(
        Budget.daily("money", Usd.of("1")),
        Budget.of("requests", Measure.REQUESTS, 1, Window.HOUR),
        Budget.concurrent("slots", 5),
        Budget.of("written", Measure.OUTPUT_TOKENS, 100_000, Window.WEEK));
    guard.spend(1_000, ALICE);

    assertThat(guard.refusal(call(1_000, ALICE)).budget()).isEqualTo("requests");

    assertThat(guard.balance("money", "").held()).isZero();
    assertThat(guard.balance("slots", "").held()).isZero();
    assertThat(guard.balance("written", "").settled()).isEqualTo(1_000);
    assertThat(guard.balance("written", "").held()).isZero();
  }

  @Test
  void aCombinationOfDimensionsIsAnAccountForEachCombination() {
    Guard guard =
        Guard.on(Budget.daily("both", Usd.of("0.10")).per(Dimension.TEAM, Dimension.tag("repo")));
    guard.spend(10_000, ALICE.tag("repo", "a"));
    guard.spend(10_000, ALICE.tag("repo", "b"));
    guard.spend(10_000, ALICE);

    assertThat(guard.refusal(call(1_000, BOB.tag("repo", "a"))).scope())
        .isEqualTo("team=platform,tag:repo=a");
    assertThat(guard.refusal(call(1_000, BOB)).scope()).isEqualTo("team=platform,tag:repo=(none)");
  }

  @Test
  void aFilterNarrowsABudgetToSomeModelsOfSomeTeams() {
    Guard guard = Guard.on(
        Budget.daily("frontier", Usd.of("0.10"))
            .only(Dimension.MODEL, "openai/gpt-4o", "claude-opus-*")
            .only(Dimension.TEAM, "platform"),
        Budget.daily("all", Usd.of("10")));
    guard.spend(10_000, ALICE);

    assertThat(guard.refusal(call(1_000, BOB)).budget()).isEqualTo("frontier");
    guard.spend(10_000, Attribution.key("carol").team("data"));
    CallIntent mini = CallIntent.builder(ModelId.of("openai", "gpt-4o-mini"))
        .attribution(ALICE)
        .outputCap(1_000)
        .build();
    assertThat(guard.purser.admit(mini).orThrow().settle(Usage.ofTokens(0, 1_000)))
        .isTrue();
    assertThat(guard.balance("frontier", "").settled()).isEqualTo(100_000_000);
  }

  @Test
  void measuresOfTokensCountTheirOwnSide() {
    Guard guard = Guard.on(
        Budget.of("read", Measure.INPUT_TOKENS, 1_000, Window.DAY),
        Budget.of("written", Measure.OUTPUT_TOKENS, 1_000, Window.DAY),
        Budget.of("both", Measure.TOKENS, 1_500, Window.DAY));
    CallIntent.Builder call = call(400).prompt(dev.purser.api.Prompt.ofTokens(600));
    guard.hold(call).settle(Usage.ofTokens(600, 300));

    assertThat(guard.balance("read", "").settled()).isEqualTo(600);
    assertThat(guard.balance("written", "").settled()).isEqualTo(300);
    assertThat(guard.balance("both", "").settled()).isEqualTo(900);
    Refusal refusal = guard.refusal(call);
    assertThat(refusal.budget()).isEqualTo("read");
    assertThat(refusal.message()).contains("1000 input tokens");
  }
}
