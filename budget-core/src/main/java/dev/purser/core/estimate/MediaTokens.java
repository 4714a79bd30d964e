package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;

/**
 * What a maker's models take an image, a recording or a document for, in tokens. What is not known of
 * it counts as the largest there is. Implementations are stateless.
 */
interface MediaTokens {

  /** Tokens of a document or a recording of which not even the size is known. */
  long UNKNOWN = 100_000;

  /** Returns the tokens of an image. */
  long image(String model, Media image);

  /** Returns the tokens of a second of sound. */
  long audioSecond();

  /** Returns the tokens of a second of pictures with sound. */
  default long videoSecond(String detail) {
    return GeminiMedia.VIDEO_SECOND;
  }

  /** Returns the tokens of a page of a document, text and picture. */
  long page(String model, Media document);

  /** Returns the rules of a family. */
  static MediaTokens of(ModelFamily family) {
    return switch (family) {
      case OPENAI -> OpenAiMedia.RULES;
      case CLAUDE -> ClaudeMedia.RULES;
      case GEMINI -> GeminiMedia.RULES;
      case GROK -> TileMedia.GROK;
      case MISTRAL -> MistralMedia.RULES;
      case LLAMA -> TileMedia.LLAMA;
      case QWEN, GPT_OSS, OTHER -> PatchMedia.RULES;
    };
  }

  /** Returns the tokens of whatever it is. */
  default long of(String model, Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(model, media);
      case AUDIO -> seconds(MediaLength.audioSeconds(media), audioSecond());
      case VIDEO -> seconds(MediaLength.videoSeconds(media), videoSecond(media.detail()));
      case FILE -> {
        long pages = MediaLength.pages(media);
        yield pages == 0 ? UNKNOWN : Math.multiplyExact(pages, page(model, media));
      }
    };
  }

  private static long seconds(long seconds, long each) {
    return seconds == 0 ? UNKNOWN : Math.multiplyExact(seconds, each);
  }
}
