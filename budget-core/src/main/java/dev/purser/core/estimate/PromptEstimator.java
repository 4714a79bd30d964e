package dev.purser.core.estimate;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.TextBound;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.TokenEstimator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a model will read: texts are counted exactly where the model's tokenizer is at hand and
 * the prompt has at most {@value #MAX_EXACT_CHARS} characters, and bounded by their characters
 * beyond; or, {@linkplain #strict() strictly}, by their bytes. What the model's family adds comes on
 * top; images, recordings and files go by their maker's rules. Safe for use by several threads.
 */
public final class PromptEstimator implements TokenEstimator {

  /** Counting takes about 34 ns a character: beyond this it would be felt. */
  static final int MAX_EXACT_CHARS = 40_000;

  private static final int MOST_KNOWN = 1_000;

  /** What the name of a model says of it. */
  private record Known(ModelFamily family, FamilyOverhead overhead) {}

  private final Map<ModelId, Known> known = new ConcurrentHashMap<>();
  private final boolean strict;
  private final @Nullable Tokenizer tokenizer;

  /** Uses JTokkit if it is on the class path. */
  public PromptEstimator() {
    this(false);
  }

  private PromptEstimator(boolean strict) {
    this.strict = strict;
    this.tokenizer = !strict && Tokenizer.isPresent() ? new Tokenizer() : null;
  }

  /**
   * Returns an estimator that takes every UTF-8 byte of a text for a token: no byte-pair tokenizer
   * takes more, whatever the text.
   */
  public static PromptEstimator strict() {
    return new PromptEstimator(true);
  }

  @Override
  public Usage estimate(ModelId model, Prompt prompt) {
    Known known = known(model);
    FamilyOverhead overhead = known.overhead;
    Usage.Builder usage = Usage.builder();
    usage.add(UsageKind.INPUT, texts(model, overhead, prompt));
    usage.add(UsageKind.INPUT, overhead.tokens(prompt));
    usage.add(UsageKind.INPUT, prompt.tokens());
    usage.add(UsageKind.INPUT, prompt.opaqueBytes());
    if (!prompt.media().isEmpty()) {
      MediaTokens rules = MediaTokens.of(known.family);
      String name = ModelFamily.bareName(model.name());
      for (Media media : prompt.media()) {
        usage.add(kind(media), rules.of(name, media));
      }
    }
    return usage.build();
  }

  private Known known(ModelId model) {
    Known found = known.get(model);
    if (found == null) {
      if (known.size() >= MOST_KNOWN) {
        known.clear(); // callers choose the names
      }
      ModelFamily family = ModelFamily.of(model);
      found = new Known(family, FamilyOverhead.of(family, model));
      known.put(model, found);
    }
    return found;
  }

  private long texts(ModelId model, FamilyOverhead overhead, Prompt prompt) {
    if (strict) {
      return prompt.texts().stream().mapToLong(Utf8Length::of).sum();
    }
    Encodings encoding = Encodings.of(model.name());
    if (tokenizer != null && encoding != null && chars(prompt) <= MAX_EXACT_CHARS) {
      return exact(tokenizer, encoding, prompt);
    }
    long bound = 0;
    for (String text : prompt.texts()) {
      bound += new TextBound(overhead.vocabulary()).add(text).tokens();
    }
    return overhead.scaled(bound);
  }

  private static long chars(Prompt prompt) {
    long chars = 0;
    for (String text : prompt.texts()) {
      chars += text.length();
    }
    return chars;
  }

  private static long exact(Tokenizer tokenizer, Encodings encoding, Prompt prompt) {
    long exact = 0;
    for (String text : prompt.texts()) {
      exact += tokenizer.count(encoding, text);
    }
    return exact;
  }

  private static UsageKind kind(Media media) {
    return switch (media.kind()) {
      case IMAGE -> UsageKind.INPUT_IMAGE;
      case AUDIO -> UsageKind.INPUT_AUDIO;
      case VIDEO -> UsageKind.INPUT_VIDEO;
      case FILE -> UsageKind.INPUT;
    };
  }
}
