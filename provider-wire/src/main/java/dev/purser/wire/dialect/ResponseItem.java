package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds items of a response's input to a prompt. For one thread at a time. */
final class ResponseItem {

  /** What stands around a message, its role included. */
  static final int MESSAGE = 4;

  private static final int CALL = 8;

  /** Base64 letters of an encrypted text, and the most bytes of it that they can hold. */
  private static final int LETTERS = 4;

  private static final int BYTES = 3;

  private final Prompt.Builder prompt;
  private boolean wellFormed = true;

  ResponseItem(Prompt.Builder prompt) {
    this.prompt = prompt;
  }

  /** Whether all that was added could be read. */
  boolean wellFormed() {
    return wellFormed;
  }

  void add(JsonSlice item) {
    if (!item.isObject()) {
      text(item);
      return;
    }
    Map<String, JsonSlice> fields = item.fields();
    wellFormed &= !fields.isEmpty() || item.each((name, value) -> {});
    String type = text(fields.get("type"), "message");
    switch (type) {
      case "message" -> {
        prompt.tokens(MESSAGE);
        if (text(fields.get("role"), "").equals("user")) {
          prompt.userTurn();
        }
        content(fields.get("content"));
      }
      case "function_call", "custom_tool_call" -> {
        prompt.tokens(CALL);
        content(fields.get("name"));
        content(fields.get("arguments"));
        content(fields.get("input"));
      }
      case "function_call_output", "custom_tool_call_output", "computer_call_output" -> {
        prompt.tokens(CALL);
        output(fields.get("output"));
      }
      case "reasoning", "compaction" -> {
        content(fields.get("summary"));
        content(fields.get("content"));
        encrypted(fields.get("encrypted_content"));
      }
      case "image_generation_call" -> prompt.media(picture(fields.get("result")));
      case "item_reference" -> prompt.media(ChatPart.UNKNOWN);
      default -> prompt.opaqueBytes(item.length());
    }
  }

  /** A string, or a list of parts. */
  private void content(@Nullable JsonSlice content) {
    if (content == null || content.isNull()) {
      return;
    }
    if (content.isArray()) {
      boolean whole = content.each((none, part) -> ChatPart.add(part, prompt));
      wellFormed = wellFormed && whole;
    } else {
      text(content);
    }
  }

  /** As content, or a screenshot. */
  private void output(@Nullable JsonSlice output) {
    if (output != null && output.isObject()) {
      prompt.media(ChatPart.image(output));
    } else {
      content(output);
    }
  }

  private void encrypted(@Nullable JsonSlice value) {
    if (value != null && value.isString()) {
      prompt.opaqueBytes((long) value.length() * BYTES / LETTERS);
    }
  }

  private static Media picture(@Nullable JsonSlice base64) {
    long bytes =
        base64 == null || !base64.isString() ? 0 : DataUrl.ofBase64(base64, "").bytes();
    return new Media(MediaKind.IMAGE, "", bytes, 0, 0, "");
  }

  private void text(JsonSlice value) {
    String text = value.text();
    if (text != null) {
      prompt.text(text);
    } else {
      prompt.opaqueBytes(value.length());
    }
  }

  private static String text(@Nullable JsonSlice value, String otherwise) {
    String text = value == null ? null : value.text();
    return text == null ? otherwise : text;
  }
}
