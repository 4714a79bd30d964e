package dev.purser.wire.dialect;

import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The families of models that Bedrock serves with APIs of their own. A name tells the family where it has
 * one in it; an application's inference profile has none, and then the body does.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html">AWS: inference
 *     request parameters</a>
 */
enum BedrockFamily {
  /** Anthropic's messages. */
  CLAUDE("max_tokens"),
  /** Claude 2, before there were messages. */
  CLAUDE_TEXT("max_tokens_to_sample", "max_tokens"),
  /** Amazon Nova, of the shape of {@link BedrockConverse}. */
  NOVA("inferenceConfig.maxTokens", "inferenceConfig.max_new_tokens"),
  /** Amazon Titan's text models. */
  TITAN("textGenerationConfig.maxTokenCount"),
  /** Llama. */
  LLAMA("max_gen_len"),
  /** AI21's Jurassic. */
  JURASSIC("maxTokens"),
  /** Whatever speaks as OpenAI does: Qwen, gpt-oss, DeepSeek, Jamba, Mistral's newer models. */
  CHAT("max_tokens", "max_completion_tokens"),
  /** Embeddings, rankings and pictures, which write no tokens. */
  WORDLESS(),
  /** Mistral and Cohere, and whatever is not known. */
  OTHER("max_tokens", "max_completion_tokens");

  private static final Pattern WORDLESS_NAMES =
      Pattern.compile(".*(?:embed|rerank|titan-image|canvas|reel|stability\\.|stable-|sd3-).*");

  private final String caps;

  BedrockFamily(String... caps) {
    this.caps = String.join(" ", caps);
  }

  /** Returns where this family's requests cap their output. */
  CapPlace cap() {
    return caps.isEmpty() ? CapPlace.NONE : CapPlace.of(caps.split(" ", -1));
  }

  static BedrockFamily of(String model, JsonBody body) {
    String name = model.toLowerCase(Locale.ROOT);
    boolean messages = body.last("messages") != null;
    if (WORDLESS_NAMES.matcher(name).matches()) {
      return WORDLESS;
    }
    if (name.contains("anthropic.") || body.last("anthropic_version") != null) {
      return messages ? CLAUDE : CLAUDE_TEXT;
    }
    if (name.contains("amazon.nova")
        || body.last("inferenceConfig") != null
        || body.last("schemaVersion") != null) {
      return NOVA;
    }
    if (name.contains("amazon.titan") || body.last("textGenerationConfig") != null) {
      return TITAN;
    }
    if (name.contains("meta.llama") || body.last("max_gen_len") != null) {
      return LLAMA;
    }
    if (name.contains("ai21.j2") || body.last("maxTokens") != null) {
      return JURASSIC;
    }
    return messages ? CHAT : OTHER;
  }
}
