package dev.purser.samples.assistant;

import java.util.Map;

/**
 * A model of the mock provider: what it reads and writes for every answer, and what that costs.
 *
 * @param input pico-dollars a token read
 * @param output pico-dollars a token written
 */
record MockModel(long input, long output) {

  static final int READS = 100;
  static final int WRITES = 400;

  private static final Map<String, MockModel> LIST_PRICES = Map.of(
      "claude-haiku-4-5", new MockModel(1_000_000, 5_000_000),
      "gpt-5-mini", new MockModel(250_000, 2_000_000),
      "gpt-5.4", new MockModel(2_500_000, 15_000_000));

  private static final long PICOS_PER_NANO = 1_000;

  /** Returns what an answer of a model costs, in nano-dollars. */
  static long nanoUsd(String name) {
    MockModel model = LIST_PRICES.get(name);
    if (model == null) {
      throw new IllegalArgumentException("no such model: " + name);
    }
    return (READS * model.input + WRITES * model.output) / PICOS_PER_NANO;
  }
}
