package dev.purser.core.estimate;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.TokenEstimator;

/**
 * One token a UTF-8 byte: no byte-pair tokenizer takes more. What the pipeline falls back on where
 * an estimator fails, since it has nothing that could.
 */
public final class ByteBound implements TokenEstimator {

  /** More than any image takes whose size is within what providers accept. */
  private static final long MEDIA = 20_000;

  @Override
  public Usage estimate(ModelId model, Prompt prompt) {
    long bytes = prompt.tokens() + prompt.opaqueBytes();
    for (String text : prompt.texts()) {
      // At most three bytes a UTF-16 unit, and a pair of surrogates takes four.
      bytes += 3L * text.length();
    }
    for (Media media : prompt.media()) {
      bytes += Math.max(media.bytes(), MEDIA);
    }
    return Usage.builder().add(UsageKind.INPUT, bytes).build();
  }
}
