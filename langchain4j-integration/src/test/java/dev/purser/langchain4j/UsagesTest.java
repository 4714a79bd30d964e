package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import org.junit.jupiter.api.Test;

class UsagesTest {

  @Test
  void aPlainUsageIsInputAndOutputAndWhatItsTotalHasBesides() {
    assertThat(Usages.ofChat(new TokenUsage(10, 5))).isEqualTo(Usage.ofTokens(10, 5));
    assertThat(Usages.ofChat(new TokenUsage(10, 5, 40)))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 10)
            .add(UsageKind.OUTPUT, 5)
            .add(UsageKind.REASONING, 25)
            .build());
    assertThat(Usages.ofChat(new TokenUsage(10, 5, 3))).isEqualTo(Usage.ofTokens(10, 5));
  }

  @Test
  void openAisDetailsArePartsOfItsCounts() {
    OpenAiTokenUsage usage = OpenAiTokenUsage.builder()
        .inputTokenCount(100)
        .inputTokensDetails(
            OpenAiTokenUsage.InputTokensDetails.builder().cachedTokens(60).build())
        .outputTokenCount(50)
        .outputTokensDetails(
            OpenAiTokenUsage.OutputTokensDetails.builder().reasoningTokens(20).build())
        .totalTokenCount(150)
        .build();
    assertThat(Usages.ofChat(usage))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 40)
            .add(UsageKind.CACHE_READ, 60)
            .add(UsageKind.OUTPUT, 30)
            .add(UsageKind.REASONING, 20)
            .build());
    assertThat(Usages.ofChat(
            OpenAiTokenUsage.builder().inputTokenCount(100).outputTokenCount(50).build()))
        .isEqualTo(Usage.ofTokens(100, 50));
  }

  @Test
  void anthropicsCacheIsBesideItsInput() {
    assertThat(Usages.ofChat(AnthropicTokenUsage.builder()
            .inputTokenCount(100)
            .outputTokenCount(50)
            .cacheReadInputTokens(1000)
            .cacheCreationInputTokens(200)
            .build()))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 100)
            .add(UsageKind.CACHE_READ, 1000)
            .add(UsageKind.CACHE_WRITE_5M, 200)
            .add(UsageKind.OUTPUT, 50)
            .build());
  }

  @Test
  void whatSaysNothingOrWhatCannotBeIsNoUsage() {
    assertThat(Usages.ofChat(null)).isNull();
    assertThat(Usages.ofChat(new TokenUsage())).isNull();
    assertThat(Usages.ofChat(new TokenUsage(10, null))).isNull();
    assertThat(Usages.ofChat(new TokenUsage(null, 10))).isNull();
    assertThat(Usages.ofChat(new TokenUsage(-1, 10))).isNull();
    OpenAiTokenUsage moreCachedThanRead = OpenAiTokenUsage.builder()
        .inputTokenCount(10)
        .inputTokensDetails(
            OpenAiTokenUsage.InputTokensDetails.builder().cachedTokens(60).build())
        .outputTokenCount(5)
        .build();
    assertThat(Usages.ofChat(moreCachedThanRead)).isNull();
    assertThat(Usages.states(moreCachedThanRead)).isTrue();
  }

  @Test
  void aCallThatOnlyReadsGoesByItsInputOrElseItsTotal() {
    assertThat(Usages.ofReading(new TokenUsage(10))).isEqualTo(Usage.ofTokens(10, 0));
    assertThat(Usages.ofReading(new TokenUsage(null, null, 12))).isEqualTo(Usage.ofTokens(12, 0));
    assertThat(Usages.ofReading(null)).isNull();
    assertThat(Usages.ofReading(new TokenUsage(-3))).isNull();
  }
}
