package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.media.ImageSize;
import java.util.Locale;
import java.util.Map;

/**
 * What is put into an interaction: a text, a part, or a turn or a step of an earlier answer, which holds
 * parts in its {@code content}.
 */
final class InteractionPart {

  private static final int TURN = 4;

  private InteractionPart() {}

  /** A turn has parts, and that is all; a request may nest more, to have us run out of stack. */
  private static final int MOST_LEVELS = 4;

  /** Adds one or several to a prompt. */
  static void add(JsonSlice input, Prompt.Builder prompt) {
    add(input, prompt, MOST_LEVELS);
  }

  private static void add(JsonSlice input, Prompt.Builder prompt, int levels) {
    if (levels > 0 && input.isArray()) {
      input.each((none, part) -> add(part, prompt, levels - 1));
    } else if (levels > 0 && input.isObject()) {
      part(input, prompt, levels - 1);
    } else {
      PromptText.add(input, prompt);
    }
  }

  private static void part(JsonSlice part, Prompt.Builder prompt, int levels) {
    prompt.tokens(TURN);
    Map<String, JsonSlice> fields = part.fields();
    JsonSlice content = fields.get("content");
    switch (PromptText.of(fields.get("type"))) {
      case "text" -> PromptText.add(fields.get("text"), prompt);
      case "image" -> prompt.media(media(MediaKind.IMAGE, fields));
      case "audio" -> prompt.media(media(MediaKind.AUDIO, fields));
      case "video", "document" -> prompt.media(media(MediaKind.FILE, fields));
      default -> {
        if (content != null) {
          add(content, prompt, levels);
        } else {
          prompt.text(part.raw()); // a call, its result, or a thought with its signature
        }
      }
    }
  }

  private static Media media(MediaKind kind, Map<String, JsonSlice> fields) {
    String type = PromptText.of(fields.get("mime_type")).toLowerCase(Locale.ROOT);
    String format = type.substring(type.indexOf('/') + 1);
    JsonSlice content = fields.get("data");
    if (content == null || !content.isString()) {
      return new Media(kind, format, 0, 0, 0, ""); // by its address
    }
    DataUrl data = DataUrl.ofBase64(content, format);
    ImageSize size = kind == MediaKind.IMAGE ? ImageSize.read(data.decode()) : ImageSize.UNKNOWN;
    return new Media(kind, format, data.bytes(), size.width(), size.height(), "");
  }
}
