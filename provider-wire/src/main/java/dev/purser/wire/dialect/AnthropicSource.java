package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.media.ImageSize;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a picture or a document is: in the request, as base64 or as text, or at a URL or under an id,
 * where its size is not known.
 */
final class AnthropicSource {

  private AnthropicSource() {}

  static void add(MediaKind kind, @Nullable JsonSlice source, Prompt.Builder prompt) {
    Map<String, JsonSlice> fields = source == null ? Map.of() : source.fields();
    JsonSlice data = fields.get("data");
    if (data == null || !data.isString()) {
      prompt.media(new Media(kind, "", 0, 0, 0, ""));
    } else if ("text".equals(PromptText.of(fields.get("type")))) {
      prompt.text(PromptText.of(data));
    } else {
      prompt.media(
          media(kind, DataUrl.ofBase64(data, format(PromptText.of(fields.get("media_type"))))));
    }
  }

  /** Returns something that is there, with the size that it states of itself. */
  static Media media(MediaKind kind, DataUrl data) {
    if (kind != MediaKind.IMAGE) {
      return new Media(kind, data.format(), data.bytes(), 0, 0, "");
    }
    ImageSize size = ImageSize.read(data.decode());
    String format = size.format().isEmpty() ? data.format() : size.format();
    return new Media(kind, format, data.bytes(), size.width(), size.height(), "");
  }

  /** The short name within a type such as {@code application/pdf}. */
  private static String format(String type) {
    return type.substring(type.indexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
