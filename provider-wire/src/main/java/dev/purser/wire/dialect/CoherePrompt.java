package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.Set;

/**
 * What a model of Cohere's is to read. Cohere bills what the caller wrote: not the instruction that it
 * puts before, nor how turns are framed.
 */
final class CoherePrompt {

  private static final int TURN = 4;
  private static final int TOOLS = 16;

  /** Fields whose JSON is read as it stands, or as something shorter. */
  private static final String[] WHOLE = {
    "tools", "tool_results", "documents", "response_format", "examples", "force_single_step"
  };

  private static final String[] TEXTS = {
    "message", "preamble", "prompt", "text", "query", "additional_command"
  };

  private static final Set<String> UNREAD = Set.of("role", "tool_call_id", "id", "type");

  private final Prompt.Builder prompt = Prompt.builder();

  private CoherePrompt() {}

  /** Returns the prompt of a request to generate. */
  static Prompt generation(JsonBody body) {
    CoherePrompt reader = new CoherePrompt();
    for (String name : TEXTS) {
      body.all(name).forEach(text -> PromptText.add(text, reader.prompt));
    }
    for (String name : WHOLE) {
      for (JsonSlice value : body.all(name)) {
        if (!value.isNull()) {
          reader.prompt.text(value.raw()).tokens(TOOLS);
          reader.told(name, value);
        }
      }
    }
    for (String name : new String[] {"messages", "chat_history"}) {
      body.all(name).forEach(turns -> turns.each((none, turn) -> reader.turn(turn)));
    }
    return reader.prompt.build();
  }

  /** Tools and a format for the answer, of which a model is told. */
  private void told(String name, JsonSlice value) {
    if (name.equals("tools")) {
      value.each((none, tool) -> prompt.tools(1));
    } else if (name.equals("response_format")) {
      prompt.tools(1);
    }
  }

  /** Returns the prompt of a request to embed. */
  static Prompt embedding(JsonBody body) {
    CoherePrompt reader = new CoherePrompt();
    body.all("texts").forEach(reader::content);
    for (JsonSlice images : body.all("images")) {
      images.each((none, url) -> ChatPart.addImage(url, reader.prompt));
    }
    body.all("inputs").forEach(inputs -> inputs.each((none, input) -> reader.turn(input)));
    return reader.prompt.build();
  }

  private void turn(JsonSlice turn) {
    prompt.tokens(TURN);
    if (!turn.isObject()) {
      PromptText.add(turn, prompt);
      return;
    }
    turn.each((name, value) -> {
      if (name.equals("content")) {
        content(value);
      } else if (!UNREAD.contains(name) && !value.isNull()) {
        prompt.text(value.isString() ? String.valueOf(value.text()) : value.raw());
      }
    });
  }

  /** A text, or parts of it. */
  private void content(JsonSlice content) {
    if (!content.isArray()) {
      PromptText.add(content, prompt);
      return;
    }
    content.each((none, part) -> {
      JsonSlice document = part.fields().get("document");
      if (!part.isObject()) {
        PromptText.add(part, prompt);
      } else if (document != null) {
        prompt.text(document.raw()); // a text with a title and more, which is read, too
      } else {
        ChatPart.add(part, prompt);
      }
    });
  }
}
