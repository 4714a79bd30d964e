package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.media.ImageSize;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One part of a message: text, a picture, a recording or a file. */
final class ChatPart {

  /** Parts that can hold nothing but text, in a field of the same name or in {@code text}. */
  private static final Set<String> TEXTS = Set.of(
      "text",
      "refusal",
      "input_text",
      "output_text",
      "summary_text",
      "reasoning",
      "reasoning_text",
      "thinking",
      "redacted_thinking");

  /** Something of which neither kind nor size can be seen. */
  static final Media UNKNOWN = new Media(MediaKind.FILE, "", 0, 0, 0, "");

  private ChatPart() {}

  /**
   * Adds a part to a prompt. A part of an unknown kind may name something of any size by a URL or an
   * id, so that it counts as a file of unknown size.
   */
  static void add(JsonSlice part, Prompt.Builder prompt) {
    Map<String, JsonSlice> fields = part.fields();
    String type = PromptText.of(fields.get("type"));
    if (TEXTS.contains(type) || !part.isObject()) {
      String text = PromptText.of(fields.getOrDefault(type, fields.get("text")));
      if (text.isEmpty()) {
        prompt.opaqueBytes(part.length());
      } else {
        prompt.text(text);
      }
      return;
    }
    switch (type) {
      case "input_image" -> prompt.media(image(part));
      case "input_file" -> prompt.media(file(part));
      default -> {
        JsonSlice value = fields.get(type);
        prompt.media(value == null ? UNKNOWN : media(type, value));
      }
    }
  }

  /** Adds a picture: a URL, one that holds it, or bare base64. */
  static void addImage(JsonSlice picture, Prompt.Builder prompt) {
    boolean bare =
        picture.isString() && data(picture) == null && !PromptText.of(picture).contains(":");
    prompt.media(bare ? image(DataUrl.ofBase64(picture, ""), "") : image(picture));
  }

  private static Media media(String type, JsonSlice value) {
    return switch (type) {
      case "image_url" -> image(value);
      case "input_audio" -> audio(value);
      case "file" -> file(value);
      default -> UNKNOWN;
    };
  }

  /** The URL stands in an object, or alone with providers that allow it. */
  static Media image(JsonSlice value) {
    Map<String, JsonSlice> fields = value.fields();
    String detail = PromptText.of(fields.get("detail"));
    JsonSlice url = fields.getOrDefault("url", fields.get("image_url"));
    DataUrl data = data(value.isString() ? value : url);
    if (data == null) {
      return new Media(MediaKind.IMAGE, "", 0, 0, 0, detail);
    }
    return image(data, detail);
  }

  private static Media image(DataUrl data, String detail) {
    ImageSize size = ImageSize.read(data.decode());
    String format = size.format().isEmpty() ? data.format() : size.format();
    return new Media(MediaKind.IMAGE, format, data.bytes(), size.width(), size.height(), detail);
  }

  private static Media audio(JsonSlice value) {
    Map<String, JsonSlice> fields = value.fields();
    return unseen(MediaKind.AUDIO, fields.get("data"), PromptText.of(fields.get("format")));
  }

  private static Media file(JsonSlice value) {
    Map<String, JsonSlice> fields = value.fields();
    String name = PromptText.of(fields.get("filename"));
    int dot = name.lastIndexOf('.');
    return unseen(MediaKind.FILE, fields.get("file_data"), dot < 0 ? "" : name.substring(dot + 1));
  }

  /** Something whose content is not looked at: bare base64, a data URL, or neither. */
  private static Media unseen(MediaKind kind, @Nullable JsonSlice content, String stated) {
    DataUrl data = data(content);
    if (data == null && content != null && content.isString()) {
      data = DataUrl.ofBase64(content, "");
    }
    String format = data == null || data.format().isEmpty() ? stated : data.format();
    long bytes = data == null ? 0 : data.bytes();
    return new Media(kind, format.toLowerCase(Locale.ROOT), bytes, 0, 0, "");
  }

  private static @Nullable DataUrl data(@Nullable JsonSlice url) {
    return url == null || !url.isString() ? null : DataUrl.read(url);
  }
}
