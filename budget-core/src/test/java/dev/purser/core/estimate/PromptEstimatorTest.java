package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEstimatorTest {

  private static final Encoding O200K =
      com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");
  private static final ModelId CLAUDE = ModelId.of("anthropic", "claude-sonnet-4-5");

  private final PromptEstimator estimator = new PromptEstimator();

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, O200K",
    "gpt-4o-mini-2024-07-18, O200K",
    "gpt-4.1, O200K",
    "gpt-5, O200K",
    "gpt-5.4-nano, O200K",
    "o1, O200K",
    "o3-mini, O200K",
    "o4-mini, O200K",
    "openai/gpt-4o, O200K",
    "ft:gpt-4o-2024-08-06:acme::abc123, O200K",
    "GPT-4o, O200K",
    "gpt-4, CL100K",
    "gpt-4-turbo, CL100K",
    "gpt-3.5-turbo, CL100K",
    "gpt-35-turbo, CL100K",
    "text-embedding-3-small, CL100K",
  })
  void modelsUseTheTokenizerOfTheirFamily(String model, Encodings encoding) {
    assertThat(Encodings.of(model)).isEqualTo(encoding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-sonnet-4-5", "gemini-2.5-pro", "llama-3.3-70b", ""})
  void modelsOfOtherFamiliesHaveNoTokenizerHere(String model) {
    assertThat(Encodings.of(model)).isNull();
  }

  @Test
  void textIsCountedExactlyUpToFortyThousandCharacters() {
    String text = "Keep what an application spends inside its budgets. ".repeat(769);
    assertThat(text.length()).isBetween(39_900, 40_000);

    assertThat(estimator.estimate(GPT_4O, Prompt.ofText(text)))
        .isEqualTo(Usage.ofTokens(O200K.countTokensOrdinary(text), 0));
  }

  @Test
  void whatLooksLikeASpecialTokenIsCountedAsText() {
    assertThat(estimator.estimate(GPT_4O, Prompt.ofText("<|endoftext|>")).inputTokens())
        .isEqualTo(O200K.countTokensOrdinary("<|endoftext|>"))
        .isGreaterThan(1);
  }

  @Test
  void framingAndOpaqueBytesAreAdded() {
    Prompt prompt = Prompt.builder().text("hello").tokens(7).opaqueBytes(100).build();

    assertThat(estimator.estimate(GPT_4O, prompt)).isEqualTo(Usage.ofTokens(1 + 7 + 100, 0));
  }

  @Test
  void aLongTextIsBounded() {
    String text = "Keep what an application spends inside its budgets. ".repeat(800);
    long exact = O200K.countTokensOrdinary(text);

    assertThat(text.length()).isGreaterThan(PromptEstimator.MAX_EXACT_CHARS);
    assertThat(estimator.estimate(GPT_4O, Prompt.ofText(text)).inputTokens())
        .isBetween(exact + 1, exact * 7 / 4);
  }

  @Test
  void strictlyEveryByteIsAToken() {
    Prompt prompt =
        Prompt.builder().text("h\u00e9\u20ac \uD83D\uDE00").tokens(7).build();

    assertThat(PromptEstimator.strict().estimate(GPT_4O, prompt))
        .isEqualTo(Usage.ofTokens(1 + 2 + 3 + 1 + 4 + 7, 0));
  }

  @Test
  void aFamilysTokenizerAndItsTemplateAreAdded() {
    String text = "budget ".repeat(10_000);
    long own = estimator.estimate(GPT_4O, Prompt.ofText(text)).inputTokens();
    Prompt told = Prompt.builder().text(text).tools(2).build();

    long claude = estimator.estimate(CLAUDE, Prompt.ofText(text)).inputTokens();
    assertThat(claude).isGreaterThan(own * 13 / 10);
    // Anthropic's system prompt for tools, and ten tokens for each.
    assertThat(estimator.estimate(CLAUDE, told).inputTokens()).isEqualTo(claude + 589 + 20);
    assertThat(estimator.estimate(GPT_4O, told).inputTokens()).isEqualTo(own);
  }

  @Test
  void digitsAreTokensEachWhereTheFamilySplitsThem() {
    ModelId gemini = ModelId.of("google", "gemini-2.5-pro");

    assertThat(estimator.estimate(gemini, Prompt.ofText("7".repeat(1000))).inputTokens())
        .isGreaterThanOrEqualTo(1000);
  }
}
