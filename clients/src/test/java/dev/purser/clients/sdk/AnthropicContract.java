package dev.purser.clients.sdk;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.provider.Api;
import java.util.stream.Collectors;

/** What both clients of Anthropic's SDK have in common. */
abstract class AnthropicContract extends ClientContract {

  static Kind kind(String mode) {
    return new Kind(
        "Anthropic SDK " + System.getProperty("version.anthropic"),
        mode,
        "`addInterceptor(new AnthropicBudgetInterceptor(purser))`",
        Api.ANTHROPIC);
  }

  /** A host that nobody knows may be anybody's. */
  @Override
  protected String candidate() {
    return "other/" + Api.ANTHROPIC.cheaper();
  }

  static MessageCreateParams.Builder params(Prompt prompt) {
    return MessageCreateParams.builder()
        .model(prompt.model())
        .maxTokens(prompt.maxTokens())
        .addUserMessage(prompt.text());
  }

  static String text(Message answer) {
    return answer.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(delta -> delta.text())
        .orElse("");
  }
}
