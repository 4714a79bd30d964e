package dev.purser.langchain4j;

import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.VideoContent;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pieces of a message: texts, pictures, recordings, documents. */
final class Pieces {

  private Pieces() {}

  /** Adds a piece to what is to be read. */
  static void add(Content content, Prompt.Builder prompt) {
    if (content instanceof TextContent text) {
      prompt.text(text.text());
    } else if (content instanceof ImageContent image) {
      String detail =
          image.detailLevel() == null ? "" : image.detailLevel().name().toLowerCase(Locale.ROOT);
      prompt.media(image(image.image(), detail));
    } else if (content instanceof AudioContent audio) {
      Audio sound = audio.audio();
      prompt.media(of(MediaKind.AUDIO, sound.mimeType(), sound.base64Data()));
    } else if (content instanceof VideoContent video) {
      prompt.media(of(MediaKind.VIDEO, video.video().mimeType(), video.video().base64Data()));
    } else if (content instanceof PdfFileContent pdf) {
      prompt.media(of(MediaKind.FILE, "application/pdf", pdf.pdfFile().base64Data()));
    } else {
      prompt.text(content.toString());
    }
  }

  /** Returns a picture, whose size in pixels LangChain4j does not know. */
  static Media image(Image image, String detail) {
    Media media = of(MediaKind.IMAGE, image.mimeType(), image.base64Data());
    return new Media(media.kind(), media.format(), media.bytes(), 0, 0, detail);
  }

  private static Media of(MediaKind kind, @Nullable String mimeType, @Nullable String base64) {
    String format = mimeType == null ? "" : mimeType.substring(mimeType.lastIndexOf('/') + 1);
    return new Media(kind, format, base64 == null ? 0 : base64.length() * 3L / 4, 0, 0, "");
  }
}
