package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One block of a message's content: text, a picture, a document, the call of a tool, or what it gave
 * back, which holds blocks again.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Anthropic: the content of messages</a>
 */
final class AnthropicPart {

  /** Blocks in blocks: a result of a tool holds a document that holds text. Deeper is nonsense. */
  private static final int DEEPEST = 6;

  private static final int BLOCK = 8;

  /** Where in a document it says something; the quote itself is not counted. */
  private static final int CITATION = 32;

  /**
   * Bytes of what is encrypted to a token: text of a model's or of a page's own, of which a token is
   * three bytes and more.
   */
  private static final int BYTES_PER_TOKEN = 2;

  private final Prompt.Builder prompt;
  private final int depth;

  private AnthropicPart(Prompt.Builder prompt, int depth) {
    this.prompt = prompt;
    this.depth = depth;
  }

  /** Adds content, which is text, or an array of blocks. */
  static void content(@Nullable JsonSlice content, Prompt.Builder prompt) {
    new AnthropicPart(prompt, 0).content(content);
  }

  private void content(@Nullable JsonSlice content) {
    if (content == null || content.isNull()) {
      return;
    }
    String text = content.text();
    if (text != null) {
      prompt.text(text);
    } else if (depth > DEEPEST) {
      prompt.opaqueBytes(content.length());
    } else if (content.isArray()) {
      AnthropicPart inner = new AnthropicPart(prompt, depth + 1);
      if (!content.each((none, block) -> inner.block(block))) {
        prompt.opaqueBytes(content.length());
      }
    } else {
      new AnthropicPart(prompt, depth + 1).block(content);
    }
  }

  private void block(JsonSlice block) {
    Map<String, JsonSlice> fields = block.fields();
    prompt.tokens(BLOCK);
    switch (text(fields, "type")) {
      case "text" -> {
        prompt.text(text(fields, "text"));
        citations(fields.get("citations"));
      }
      case "image" -> AnthropicSource.add(MediaKind.IMAGE, fields.get("source"), prompt);
      case "document" -> document(fields);
      case "thinking" -> {
        prompt.text(text(fields, "thinking"));
        encrypted(fields.get("signature"));
      }
      case "redacted_thinking" -> encrypted(fields.get("data"));
      case "container_upload" ->
        prompt.text(block.raw()); // only code in the container reads the file
      case "web_search_result" -> {
        prompt.text(text(fields, "title")).text(text(fields, "url"));
        encrypted(fields.get("encrypted_content"));
      }
      default -> other(block, fields);
    }
  }

  private void document(Map<String, JsonSlice> fields) {
    prompt.text(text(fields, "title")).text(text(fields, "context"));
    JsonSlice source = fields.get("source");
    JsonSlice inner = source == null ? null : source.fields().get("content");
    if (inner != null) {
      content(inner);
    } else {
      AnthropicSource.add(MediaKind.FILE, source, prompt);
    }
  }

  private void citations(@Nullable JsonSlice citations) {
    if (citations != null && citations.isArray()) {
      citations.each((none, citation) -> prompt.tokens(CITATION));
    }
  }

  /** Calls of tools and their results, search results, and what does not exist yet. */
  private void other(JsonSlice block, Map<String, JsonSlice> fields) {
    JsonSlice inner = fields.get("content");
    if (fields.containsKey("source") && !text(fields, "type").equals("search_result")) {
      prompt.media(ChatPart.UNKNOWN);
    } else if (inner == null || inner.isNull()) {
      prompt.text(block.raw());
    } else {
      content(inner);
      fields.forEach((name, value) -> {
        if (!name.equals("content")) {
          prompt.text(value.raw());
        }
      });
    }
  }

  /** Thoughts and pages that only Anthropic can read, but does, in base64. */
  private void encrypted(@Nullable JsonSlice base64) {
    if (base64 != null && base64.isString()) {
      prompt.tokens(base64.latin().length() * 3L / 4 / BYTES_PER_TOKEN);
    }
  }

  private static String text(Map<String, JsonSlice> fields, String name) {
    JsonSlice value = fields.get(name);
    String text = value == null ? null : value.text();
    return text == null ? "" : text;
  }
}
