package dev.purser.core.price;

import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.spi.Quote;

/**
 * A quote for a model that was declared free.
 *
 * @param listed what the price table says of the model
 */
record FreeQuote(Quote listed) implements Quote {

  @Override
  public String table() {
    return listed.table();
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public long contextTokens() {
    return listed.contextTokens();
  }

  @Override
  public long maxOutputTokens() {
    return listed.maxOutputTokens();
  }

  @Override
  public long worstCaseNanoUsd(Usage bound) {
    return 0;
  }

  @Override
  public long costNanoUsd(Settlement settlement) {
    return 0;
  }

  @Override
  public long chargeNanoUsd(Settlement settlement) {
    return 0;
  }
}
