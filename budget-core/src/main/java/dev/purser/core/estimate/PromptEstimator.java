package dev.purser.core.estimate;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.TextBound;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.TokenEstimator;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a model will read: texts are counted exactly where the model's tokenizer is at hand and
 * the prompt has at most {@value #MAX_EXACT_CHARS} characters, and bounded by their characters
 * beyond; images, recordings and files go by their own rules. Safe for use by several threads.
 */
public final class PromptEstimator implements TokenEstimator {

  /** Counting takes about 34 ns a character: beyond this it would be felt. */
  static final int MAX_EXACT_CHARS = 40_000;

  /** Tokenizers we do not have cut finer than the one the bound was measured on. */
  private static final int FOREIGN_PERCENT = 140;

  private final @Nullable Tokenizer tokenizer;

  /** Uses JTokkit if it is on the class path. */
  public PromptEstimator() {
    tokenizer = Tokenizer.isPresent() ? new Tokenizer() : null;
  }

  @Override
  public Usage estimate(ModelId model, Prompt prompt) {
    Usage.Builder usage = Usage.builder();
    usage.add(UsageKind.INPUT, texts(model, prompt));
    usage.add(UsageKind.INPUT, prompt.tokens());
    usage.add(UsageKind.INPUT, prompt.opaqueBytes());
    for (Media media : prompt.media()) {
      usage.add(kind(media), MediaTokens.of(model.name(), media));
    }
    return usage.build();
  }

  private long texts(ModelId model, Prompt prompt) {
    long chars = 0;
    for (String text : prompt.texts()) {
      chars += text.length();
    }
    Encodings encoding = Encodings.of(model.name());
    if (tokenizer != null && encoding != null && chars <= MAX_EXACT_CHARS) {
      long exact = 0;
      for (String text : prompt.texts()) {
        exact += tokenizer.count(encoding, text);
      }
      return exact;
    }
    long bound = 0;
    for (String text : prompt.texts()) {
      bound += TextBound.tokens(text);
    }
    return encoding == null ? (bound * FOREIGN_PERCENT + 99) / 100 : bound;
  }

  private static UsageKind kind(Media media) {
    return switch (media.kind()) {
      case IMAGE -> UsageKind.INPUT_IMAGE;
      case AUDIO -> UsageKind.INPUT_AUDIO;
      case FILE -> UsageKind.INPUT;
    };
  }
}
