package dev.purser.samples.demo;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** The one call that the loop makes through the OpenAI SDK, and how its answer is read. */
final class Conversation {

  /** What the user says, in tokens. */
  static final int INPUT_TOKENS = 8_000;

  /** What the model may say, in tokens. */
  static final int OUTPUT_TOKENS = 16_000;

  private Conversation() {}

  static ChatCompletionCreateParams request() {
    return ChatCompletionCreateParams.builder()
        .model(Sdk.OPENAI.model())
        .maxCompletionTokens(OUTPUT_TOKENS)
        .addUserMessage(Tokens.text(INPUT_TOKENS))
        .build();
  }

  static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElse("");
  }

  /**
   * Reads a piece of a stream as most code does: no chunk without a choice is expected, because
   * nobody asked for the chunk that carries the usage.
   */
  static String text(ChatCompletionChunk chunk) {
    return chunk.choices().get(0).delta().content().orElse("");
  }
}
