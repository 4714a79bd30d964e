package dev.purser.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.purser.api.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is to read for a chat: messages, tools, the format of its answer. The framing that
 * providers add is public for OpenAI's models only; what is counted for it here is theirs and more.
 */
final class ChatPrompt {

  private static final int MESSAGE = 8;
  private static final int TOOL_CALL = 8;
  private static final int TOOLS = 16;
  private static final int REPLY = 16;

  private final Prompt.Builder prompt = Prompt.builder();

  private ChatPrompt() {}

  static Prompt of(List<ChatMessage> messages, ChatRequestParameters parameters) {
    ChatPrompt reader = new ChatPrompt();
    messages.forEach(reader::message);
    reader.tools(parameters.toolSpecifications());
    reader.format(parameters.responseFormat());
    return reader.prompt.tokens(REPLY).build();
  }

  private void message(ChatMessage message) {
    prompt.tokens(MESSAGE);
    if (message instanceof SystemMessage system) {
      text(system.text());
    } else if (message instanceof UserMessage user) {
      text(user.name());
      contents(user.contents());
    } else if (message instanceof AiMessage ai) {
      text(ai.text());
      text(ai.thinking());
      ai.images().forEach(image -> prompt.media(Pieces.image(image, "")));
      ai.toolExecutionRequests().forEach(this::toolCall);
    } else if (message instanceof ToolExecutionResultMessage result) {
      text(result.toolName());
      contents(result.contents());
    } else {
      text(message.toString());
    }
  }

  private void toolCall(ToolExecutionRequest call) {
    text(call.name());
    text(call.arguments());
    prompt.tokens(TOOL_CALL);
  }

  private void contents(@Nullable List<Content> contents) {
    if (contents != null) {
      contents.forEach(content -> Pieces.add(content, prompt));
    }
  }

  private void tools(@Nullable List<ToolSpecification> tools) {
    if (tools == null || tools.isEmpty()) {
      return;
    }
    prompt.tokens(TOOLS);
    for (ToolSpecification tool : tools) {
      String json = Faults.ask("a tool's description", tool::toJson);
      text(json == null ? tool.toString() : json);
      prompt.tools(1).tokens(TOOL_CALL);
    }
  }

  private void format(@Nullable ResponseFormat format) {
    if (format != null && format.jsonSchema() != null) {
      // Longer than the JSON that is sent.
      text(format.jsonSchema().toString());
      prompt.tools(1).tokens(TOOLS);
    }
  }

  private void text(@Nullable String text) {
    if (text != null) {
      prompt.text(text);
    }
  }

  /** Renders the messages for a guard that wants to see them, as many characters as it wants. */
  static String shown(List<ChatMessage> messages, int characters) {
    StringBuilder text = new StringBuilder();
    for (ChatMessage message : messages) {
      if (text.length() < characters) {
        text.append(text.isEmpty() ? "" : "\n").append(message);
      }
    }
    return text.substring(0, Math.min(characters, text.length()));
  }
}
