package dev.purser.samples;

import dev.purser.api.Budget;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.price.LiteLlmPrices;
import java.io.IOException;
import java.nio.file.Path;

/** The lines that {@code docs/prices.md} shows, compiled so that they stay true. */
final class DocumentedPrices {

  private DocumentedPrices() {}

  static Purser loaded() throws IOException {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")))
        .prices(LiteLlmPrices.read(Path.of("litellm.json"), "wandb/*"))
        .build();
    return purser;
  }
}
