package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint reads that takes text as a string, as a list of tokens, or as a list of either. For
 * one thread at a time.
 */
final class InputPrompt {

  /** Text in text in text: of no API. */
  private static final int DEEPEST = 3;

  private final Prompt.Builder prompt;
  private boolean wellFormed = true;
  private int inputs;

  InputPrompt(Prompt.Builder prompt) {
    this.prompt = prompt;
  }

  /** Adds what stands in a field, if it is there. */
  void add(@Nullable JsonSlice input) {
    if (input != null && !input.isNull()) {
      add(input, 0);
    }
  }

  private void add(JsonSlice input, int depth) {
    if (input.isArray() && depth < DEEPEST) {
      list(input, depth);
      return;
    }
    inputs++;
    String text = input.text();
    if (text != null) {
      prompt.text(text);
    } else if (input.isObject()) {
      object(input);
    } else {
      prompt.opaqueBytes(input.length());
    }
  }

  private void list(JsonSlice list, int depth) {
    long[] tokens = new long[1];
    boolean whole = list.each((none, one) -> {
      if (one.isString() || one.isArray() || one.isObject()) {
        add(one, depth + 1);
      } else {
        tokens[0]++;
      }
    });
    wellFormed = wellFormed && whole;
    if (tokens[0] > 0) {
      prompt.tokens(tokens[0]);
      inputs++;
    }
  }

  /** A message, with parts or text in its content, or a part. */
  private void object(JsonSlice object) {
    JsonSlice content = object.fields().get("content");
    if (content == null) {
      ChatPart.add(object, prompt);
    } else if (content.isArray()) {
      boolean whole = content.each((none, part) -> ChatPart.add(part, prompt));
      wellFormed = wellFormed && whole;
    } else {
      add(content, DEEPEST);
    }
  }

  /** Whether all that was added could be read. */
  boolean wellFormed() {
    return wellFormed;
  }

  /** Returns how many texts were added. */
  int inputs() {
    return inputs;
  }
}
