package dev.purser.spi;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;

/** Bounds what a model will read. Safe for use by several threads. */
public interface TokenEstimator {

  /** Returns the input of a prompt: exact where the model's tokenizer is at hand, else a bound. */
  Usage estimate(ModelId model, Prompt prompt);
}
