package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/** A value of a request that should be a text. */
final class PromptText {

  private PromptText() {}

  /** Returns the text of a string; empty if there is none. */
  static String of(@Nullable JsonSlice value) {
    String text = value == null ? null : value.text();
    return text == null ? "" : text;
  }

  /** Adds a string as text, and anything else that is stated as opaque. */
  static void add(@Nullable JsonSlice value, Prompt.Builder prompt) {
    String text = value == null ? null : value.text();
    if (text != null) {
      prompt.text(text);
    } else if (value != null && !value.isNull()) {
      prompt.opaqueBytes(value.length());
    }
  }
}
