package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One block of content: an object with one field, named by its kind.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html">AWS:
 *     {@code ContentBlock}</a>
 */
final class ConversePart {

  /** A result of a tool holds blocks again, and a document may hold text blocks. Deeper is nonsense. */
  private static final int DEEPEST = 6;

  private static final int BLOCK = 8;

  /** What is encrypted is text, of which a token is three bytes and more. */
  private static final int BYTES_PER_TOKEN = 2;

  private final Prompt.Builder prompt;
  private final int depth;

  private ConversePart(Prompt.Builder prompt, int depth) {
    this.prompt = prompt;
    this.depth = depth;
  }

  /** Adds content, which is an array of blocks. */
  static void content(@Nullable JsonSlice content, Prompt.Builder prompt) {
    new ConversePart(prompt, 0).content(content);
  }

  private void content(@Nullable JsonSlice content) {
    if (content == null || content.isNull()) {
      return;
    }
    String text = content.text();
    if (text != null) {
      prompt.text(text);
      return;
    }
    ConversePart inner = new ConversePart(prompt, depth + 1);
    boolean whole = depth < DEEPEST
        && content.isArray()
        && content.each((none, block) -> block.each(inner::block));
    if (!whole) {
      prompt.opaqueBytes(content.length());
    }
  }

  private void block(String kind, JsonSlice value) {
    prompt.tokens(BLOCK);
    switch (kind) {
      case "text" -> text(value);
      case "cachePoint" -> {} // where to cut, for nobody to read
      case "image" -> media(MediaKind.IMAGE, value);
      case "audio" -> media(MediaKind.AUDIO, value);
      case "video" -> media(MediaKind.FILE, value);
      case "document" -> document(value);
      case "toolResult" -> {
        prompt.text(raw(value, "toolUseId"));
        content(value.fields().get("content"));
      }
      case "citationsContent", "searchResult" -> {
        prompt.text(raw(value, "title")).text(raw(value, "source"));
        content(value.fields().get("content"));
      }
      case "guardContent" -> guarded(value);
      case "reasoningContent" -> reasoning(value);
      default -> prompt.text(value.raw()); // calls of tools, JSON, and what does not exist yet
    }
  }

  private void text(JsonSlice value) {
    String text = value.text();
    prompt.text(text == null ? value.raw() : text);
  }

  private void document(JsonSlice document) {
    Map<String, JsonSlice> source = fields(document, "source");
    prompt.text(raw(document, "name")).text(raw(document, "context"));
    JsonSlice text = source.get("text");
    JsonSlice content = source.get("content");
    if (text != null) {
      text(text);
    } else if (content != null) {
      content(content);
    } else {
      media(MediaKind.FILE, document);
    }
  }

  private void guarded(JsonSlice value) {
    JsonSlice text = fields(value, "text").get("text");
    if (text != null) {
      text(text);
    }
    JsonSlice image = value.fields().get("image");
    if (image != null) {
      media(MediaKind.IMAGE, image);
    }
  }

  private void reasoning(JsonSlice value) {
    Map<String, JsonSlice> reasoning = fields(value, "reasoningText");
    JsonSlice text = reasoning.get("text");
    if (text != null) {
      text(text);
    }
    encrypted(reasoning.get("signature"));
    encrypted(value.fields().get("redactedContent"));
  }

  private void encrypted(@Nullable JsonSlice base64) {
    if (base64 != null && base64.isString()) {
      prompt.tokens(base64.latin().length() * 3L / 4 / BYTES_PER_TOKEN);
    }
  }

  /** In the request, as base64, or in S3, where its size is not known. */
  private void media(MediaKind kind, JsonSlice value) {
    JsonSlice bytes = fields(value, "source").get("bytes");
    JsonSlice stated = value.fields().get("format");
    String format = stated == null || stated.text() == null ? "" : stated.text();
    prompt.media(
        bytes == null || !bytes.isString()
            ? new Media(kind, format, 0, 0, 0, "")
            : AnthropicSource.media(
                kind, DataUrl.ofBase64(bytes, format.toLowerCase(Locale.ROOT))));
  }

  private static Map<String, JsonSlice> fields(JsonSlice value, String name) {
    JsonSlice inner = value.fields().get(name);
    return inner == null ? Map.of() : inner.fields();
  }

  private static String raw(JsonSlice value, String name) {
    JsonSlice inner = value.fields().get(name);
    return inner == null ? "" : inner.raw();
  }
}
