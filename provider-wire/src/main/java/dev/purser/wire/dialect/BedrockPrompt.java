package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.request.JsonBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the model is to read for {@link BedrockInvoke}. */
final class BedrockPrompt {

  private static final int REPLY = 16;

  /** Pictures in base64 that stand alone in a body, as with Titan's embeddings. */
  private static final Set<String> PICTURES = Set.of("inputImage", "image", "init_image");

  private BedrockPrompt() {}

  /** Returns the prompt of a body, or null if it is malformed. */
  static @Nullable Prompt read(BedrockFamily family, JsonBody body) {
    return switch (family) {
      case CLAUDE -> AnthropicPrompt.read(body);
      case NOVA -> body.last("messages") == null ? plain(body) : ConversePrompt.read(body);
      case CHAT -> chat(body);
      default -> plain(body);
    };
  }

  private static @Nullable Prompt chat(JsonBody body) {
    ChatBody chat = ChatBody.read(body.bytes());
    return chat == null ? null : ChatPrompt.read(chat);
  }

  /** All that may be read: the strings of the body, and its lists and objects as they stand. */
  private static @Nullable Prompt plain(JsonBody body) {
    Prompt.Builder prompt = Prompt.builder().tokens(REPLY);
    boolean whole = body.document().each((name, value) -> {
      if (PICTURES.contains(name) && value.isString()) {
        prompt.media(AnthropicSource.media(MediaKind.IMAGE, DataUrl.ofBase64(value, "")));
      } else {
        add(value, prompt);
      }
    });
    return whole ? prompt.build() : null;
  }

  private static void add(JsonSlice value, Prompt.Builder prompt) {
    String text = value.text();
    if (text != null) {
      prompt.text(text);
    } else if (value.isArray() || value.isObject()) {
      prompt.text(value.raw());
    }
  }
}
