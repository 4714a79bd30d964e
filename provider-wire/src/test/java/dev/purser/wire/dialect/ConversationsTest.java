package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Dialect;
import org.junit.jupiter.api.Test;

/** Where one model may stand in for another. */
class ConversationsTest {

  @Test
  void onlyModelsThatConverseStandInForEachOther() {
    assertThat(Dialects.ALL)
        .filteredOn(Dialect::isConversation)
        .extracting(Dialect::name)
        .containsExactlyInAnyOrder(
            "openai.chat.completions",
            "openai.responses",
            "anthropic.messages",
            "gemini.generateContent",
            "bedrock.converse",
            "cohere.v2.chat",
            "cohere.v1.chat",
            "ollama.chat",
            "ollama.generate");
  }
}
