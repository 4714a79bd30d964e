package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import org.junit.jupiter.api.Test;

/**
 * Trap 5: the estimate ignores the long-context tier, the service tier, the cache-write premium or
 * tool fees, so the reservation is too small (LiteLLM #40002).
 */
class EstimateForgetsTiersAndFeesTest {

  private static final ModelId CLAUDE = ModelId.of("anthropic", "claude-sonnet-4-5");
  private static final ModelId GPT_5_4 = ModelId.of("openai", "gpt-5.4");

  private static Usd held(CallIntent.Builder call) {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("1000")));
    Reservation reservation = guard.hold(call);
    Usd reserved = reservation.reserved();
    reservation.release();
    return reserved;
  }

  /** A call of exactly so many tokens, whatever the family adds. */
  private static CallIntent.Builder call(ModelId model, Prompt.Builder prompt, long output) {
    return CallIntent.builder(model).prompt(prompt.build()).outputCap(output);
  }

  private static Prompt.Builder tokens(long input) {
    return Prompt.builder().tokens(input);
  }

  private static Usd difference(CallIntent.Builder dearer, CallIntent.Builder cheaper) {
    return Usd.ofNanos(held(dearer).nanos() - held(cheaper).nanos());
  }

  @Test
  void aLongRequestIsHeldAtTheLongContextsPrices() {
    // Above 200,000 tokens of input, a million written costs $22.50 and not $15.
    assertThat(difference(call(CLAUDE, tokens(210_000), 10_000), call(CLAUDE, tokens(210_000), 0)))
        .isEqualTo(Usd.of("0.225"));
    assertThat(difference(call(CLAUDE, tokens(100_000), 10_000), call(CLAUDE, tokens(100_000), 0)))
        .isEqualTo(Usd.of("0.15"));
  }

  @Test
  void inputIsHeldAsIfItWereWrittenToTheCache() {
    // A cache write of five minutes costs $3.75 for a million tokens where reading costs $3.
    assertThat(difference(call(CLAUDE, tokens(101_000), 0), call(CLAUDE, tokens(1_000), 0)))
        .isEqualTo(Usd.of("0.375"));
  }

  @Test
  void whatIsCachedForAnHourIsHeldAtThatPrice() {
    // And one of an hour $6.
    assertThat(difference(
            call(CLAUDE, tokens(101_000).cachedForAnHour(), 0),
            call(CLAUDE, tokens(1_000).cachedForAnHour(), 0)))
        .isEqualTo(Usd.of("0.6"));
  }

  @Test
  void aDearerServiceTierIsHeldAtItsPrices() {
    Usd standard = held(call(GPT_5_4, tokens(1_000), 10_000));
    Usd priority = held(call(GPT_5_4, tokens(1_000), 10_000).serviceTier("priority"));

    assertThat(priority.nanos()).isEqualTo(2 * standard.nanos());
  }

  @Test
  void aTierWithoutAPriceIsHeldAtTheDearestThatIsKnown() {
    assertThat(held(call(GPT_5_4, tokens(1_000), 10_000).serviceTier("ultrafast")))
        .isGreaterThanOrEqualTo(held(call(GPT_5_4, tokens(1_000), 10_000).serviceTier("priority")));
  }

  @Test
  void searchesThatTheRequestAllowsAreHeld() {
    // $10 for a thousand searches.
    assertThat(difference(
            call(CLAUDE, tokens(1_000).fees(UsageKind.WEB_SEARCH, 5), 0),
            call(CLAUDE, tokens(1_000), 0)))
        .isEqualTo(Usd.of("0.05"));
  }

  @Test
  void feesAreHeldWhateverEstimatorIsUsed() {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").estimator((model, prompt) -> Usage.NONE),
        Budget.daily("day", Usd.of("1"))));

    Usd held =
        guard.hold(call(CLAUDE, tokens(0).fees(UsageKind.WEB_SEARCH, 2), 0)).reserved();

    assertThat(held).isEqualTo(Usd.of("0.02"));
  }

  @Test
  void theSystemPromptThatToolsBringAlongIsHeld() {
    // 589 tokens and ten for the tool, at the price of a cache write.
    assertThat(difference(call(CLAUDE, tokens(1_000).tools(1), 0), call(CLAUDE, tokens(1_000), 0)))
        .isEqualTo(Usd.of("0.00224625"));
  }
}
