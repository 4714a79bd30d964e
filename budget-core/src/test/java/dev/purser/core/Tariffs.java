package dev.purser.core;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a provider bills, by its published prices in dollars a million tokens and by arithmetic of its own:
 * nothing of the guard's prices has a part in it.
 */
enum Tariffs {
  GPT_4O("openai", "gpt-4o", "2.50", "1.25", "10"),
  GPT_4O_MINI("openai", "gpt-4o-mini", "0.15", "0.075", "0.60"),
  HAIKU("anthropic", "claude-haiku-4-5", "1", "0.10", "5"),
  /** Fractions of a nano-dollar a token. */
  COMMAND("cohere", "command-r7b", "0.0375", "0.0375", "0.15");

  private static final BigDecimal NANOS_OF_A_MILLIONTH = new BigDecimal(1_000);

  private final String provider;
  private final String model;
  private final BigDecimal input;
  private final BigDecimal cached;
  private final BigDecimal output;

  Tariffs(String provider, String model, String input, String cached, String output) {
    this.provider = provider;
    this.model = model;
    this.input = new BigDecimal(input);
    this.cached = new BigDecimal(cached);
    this.output = new BigDecimal(output);
  }

  ModelId model() {
    return ModelId.of(provider, model);
  }

  /** Returns the bill of a call in nano-dollars, of which a fraction counts as one. */
  long bill(Usage usage) {
    return times(input, usage, UsageKind.INPUT)
        .add(times(cached, usage, UsageKind.CACHE_READ))
        .add(times(output, usage, UsageKind.OUTPUT))
        .multiply(NANOS_OF_A_MILLIONTH)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }

  private static BigDecimal times(BigDecimal price, Usage usage, UsageKind kind) {
    return price.multiply(BigDecimal.valueOf(usage.count(kind)));
  }
}
