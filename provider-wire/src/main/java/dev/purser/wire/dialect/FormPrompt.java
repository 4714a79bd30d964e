package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.media.ImageSize;
import dev.purser.wire.request.FormBody;
import dev.purser.wire.request.FormBody.Part;
import java.util.Locale;

/**
 * What a model is to read of a form: its {@code prompt}, and its files. A file that is named by a URL or
 * an id is of unknown size.
 */
final class FormPrompt {

  private FormPrompt() {}

  /**
   * Returns the prompt of a form, to be added to.
   *
   * @param kind what its files are
   */
  static Prompt.Builder read(FormBody form, MediaKind kind) {
    Prompt.Builder prompt = Prompt.builder();
    String text = form.text("prompt");
    if (text != null) {
      prompt.text(text);
    }
    for (Part part : form.parts()) {
      if (!part.fileName().isEmpty()) {
        prompt.media(media(form, part, kind));
      } else if (part.name().equals("file_url")
          || part.name().equals("url")
          || part.name().equals("file_id")) {
        prompt.media(new Media(kind, "", 0, 0, 0, ""));
      }
    }
    return prompt;
  }

  private static Media media(FormBody form, Part part, MediaKind kind) {
    ImageSize size = kind == MediaKind.IMAGE ? ImageSize.read(form.open(part)) : ImageSize.UNKNOWN;
    String name = part.fileName().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    String format = size.format().isEmpty() && dot >= 0 ? name.substring(dot + 1) : size.format();
    return new Media(kind, format, part.length(), size.width(), size.height(), "");
  }
}
