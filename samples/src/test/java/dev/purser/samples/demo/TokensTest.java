package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 21, 22, 7_989, 8_000, 16_000})
  void aTextHasTheTokensItWasAskedFor(int tokens) {
    assertThat(Tokens.count(Tokens.text(tokens))).isEqualTo(tokens);
  }

  @Test
  void theConversationIsShortEnoughToBeCountedExactly() {
    assertThat(Tokens.text(Conversation.INPUT_TOKENS)).hasSizeLessThanOrEqualTo(40_000);
  }
}
