package dev.purser.clients.sdk;

import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.provider.Api;
import java.util.stream.Collectors;

/** What both clients of OpenAI's SDK have in common. */
abstract class OpenAiContract extends ClientContract {

  static Kind kind(String mode) {
    return new Kind(
        "OpenAI SDK " + System.getProperty("version.openai"),
        mode,
        "`addInterceptor(new BudgetInterceptor(purser))`",
        Api.OPENAI);
  }

  /** The SDK's message quotes the sentence only; the facts are in the body. */
  @Override
  protected String text(Throwable thrown) {
    return thrown instanceof OpenAIServiceException answered
        ? answered.body().toString()
        : super.text(thrown);
  }

  static ChatCompletionCreateParams.Builder params(Prompt prompt) {
    return ChatCompletionCreateParams.builder()
        .model(prompt.model())
        .maxCompletionTokens(prompt.maxTokens())
        .addUserMessage(prompt.text());
  }

  static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElseThrow();
  }

  static String text(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .flatMap(choice -> choice.delta().content().stream())
        .collect(Collectors.joining());
  }
}
