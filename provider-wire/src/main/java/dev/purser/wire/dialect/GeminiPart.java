package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.media.ImageSize;
import java.util.Locale;
import java.util.Map;

/** One part of a turn with a model of Google's: text, data, a file by its address, a call, an answer. */
final class GeminiPart {

  private static final int CALL = 8;

  private GeminiPart() {}

  /** Adds parts to a prompt. */
  static void addAll(JsonSlice parts, Prompt.Builder prompt) {
    if (parts.isArray()) {
      parts.each((none, part) -> add(part, prompt));
    } else {
      add(parts, prompt);
    }
  }

  private static void add(JsonSlice part, Prompt.Builder prompt) {
    if (!part.isObject()) {
      PromptText.add(part, prompt);
      return;
    }
    part.each((name, value) -> {
      switch (name) {
        case "text" -> PromptText.add(value, prompt);
        case "inlineData", "inline_data" -> prompt.media(inline(value));
        case "fileData", "file_data" -> prompt.media(media(type(value), 0));
        case "functionResponse", "function_response" -> response(value, prompt);
        // What the signature restores was thought: no more tokens than it has bytes.
        case "thoughtSignature", "thought_signature" -> prompt.opaqueBytes(value.length() / 4L * 3);
        case "thought",
            "videoMetadata",
            "video_metadata",
            "mediaResolution",
            "media_resolution" -> {}
        default -> prompt.text(value.raw()).tokens(CALL);
      }
    });
  }

  /** Since Gemini 3 a function may answer with pictures and files. */
  private static void response(JsonSlice response, Prompt.Builder prompt) {
    prompt.tokens(CALL);
    response.each((name, value) -> {
      if (name.equals("parts")) {
        addAll(value, prompt);
      } else {
        prompt.text(value.raw());
      }
    });
  }

  private static Media inline(JsonSlice value) {
    String type = type(value);
    JsonSlice content = value.fields().get("data");
    if (content == null || !content.isString()) {
      return media(type, 0);
    }
    DataUrl data = DataUrl.ofBase64(content, format(type));
    if (!type.startsWith("image/")) {
      return media(type, data.bytes());
    }
    ImageSize size = ImageSize.read(data.decode());
    String format = size.format().isEmpty() ? format(type) : size.format();
    return new Media(MediaKind.IMAGE, format, data.bytes(), size.width(), size.height(), "");
  }

  private static Media media(String type, long bytes) {
    MediaKind kind = type.startsWith("image/")
        ? MediaKind.IMAGE
        : type.startsWith("audio/") ? MediaKind.AUDIO : MediaKind.FILE;
    return new Media(kind, format(type), bytes, 0, 0, "");
  }

  private static String type(JsonSlice value) {
    Map<String, JsonSlice> fields = value.fields();
    JsonSlice named = fields.get("mimeType");
    JsonSlice type = named == null ? fields.get("mime_type") : named;
    String text = type == null ? null : type.text();
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String format(String type) {
    int end = type.indexOf(';');
    String plain = end < 0 ? type : type.substring(0, end);
    return plain.substring(plain.indexOf('/') + 1).strip();
  }
}
