package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockNameTest {

  @ParameterizedTest
  @CsvSource({
    "global.anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5-20251001, true",
    "us.anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5-20251001, true",
    "anthropic.claude-3-haiku-20240307-v1:0:48k, claude-3-haiku-20240307, true",
    "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-6-v1, claude-opus-4-6, true",
    "anthropic.claude-haiku-4-5-20251001-v1:0, claude-sonnet-4-5-20250929, false",
    "anthropic.claude-3-haiku-20240307-v1:0, claude-3, false",
  })
  void theMakersNameIsWithinTheId(String asked, String answered, boolean same) {
    assertThat(BedrockName.isMakersName(ModelId.of("aws", asked), ModelId.of("aws", answered)))
        .isEqualTo(same);
    assertThat(BedrockName.isMakersName(
            ModelId.of("openrouter", asked), ModelId.of("openrouter", answered)))
        .isFalse();
  }

  @Test
  void theIdThatWasAskedForDecidesThePrice() {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    Usage used = Usage.ofTokens(1_000_000, 0);
    ModelId own = ModelId.of("aws", "claude-haiku-4-5-20251001");
    long global = BundledPriceBook.load()
        .quote(ModelId.of("aws", "global.anthropic.claude-haiku-4-5-20251001-v1:0"), null, now)
        .costNanoUsd(used, own, null);
    long regional = BundledPriceBook.load()
        .quote(ModelId.of("aws", "us.anthropic.claude-haiku-4-5-20251001-v1:0"), null, now)
        .costNanoUsd(used, own, null);

    assertThat(global).isEqualTo(1_000_000_000);
    assertThat(regional).isEqualTo(1_100_000_000);
  }
}
