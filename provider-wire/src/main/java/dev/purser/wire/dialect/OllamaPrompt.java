package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.Set;

/** What a model that Ollama runs is to read. Its template around the turns is short, but not known. */
final class OllamaPrompt {

  private static final int TURN = 16;
  private static final int TOOLS = 16;

  /** {@code context} holds the tokens of an earlier answer as numbers, which are read again. */
  private static final Set<String> TEXTS =
      Set.of("prompt", "suffix", "system", "template", "input", "context");

  private final Prompt.Builder prompt = Prompt.builder();

  private OllamaPrompt() {}

  static Prompt read(JsonBody body) {
    OllamaPrompt reader = new OllamaPrompt();
    body.document().each((name, value) -> {
      if (TEXTS.contains(name)) {
        reader.texts(value);
      } else if (name.equals("messages")) {
        value.each((none, message) -> reader.message(message));
      } else if (name.equals("images")) {
        reader.images(value);
      } else if (name.equals("tools") || (name.equals("format") && value.isObject())) {
        reader.prompt.text(value.raw()).tokens(TOOLS);
        if (value.isArray()) {
          value.each((none, tool) -> reader.prompt.tools(1));
        } else {
          reader.prompt.tools(1);
        }
      }
    });
    return reader.prompt.tokens(TURN).build();
  }

  private void texts(JsonSlice value) {
    if (value.isArray()) {
      value.each((none, each) -> PromptText.add(each, prompt));
    } else {
      PromptText.add(value, prompt);
    }
  }

  private void message(JsonSlice message) {
    prompt.tokens(TURN);
    message.fields().forEach((name, value) -> {
      switch (name) {
        case "content", "thinking", "tool_name" -> PromptText.add(value, prompt);
        case "images" -> images(value);
        case "tool_calls" -> {
          if (!value.isNull()) {
            prompt.text(value.raw());
          }
        }
        default -> {}
      }
    });
  }

  /** Bare base64. */
  private void images(JsonSlice images) {
    images.each((none, image) -> ChatPart.addImage(image, prompt));
  }
}
