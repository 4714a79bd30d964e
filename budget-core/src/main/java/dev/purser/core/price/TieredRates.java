package dev.purser.core.price;

import dev.purser.api.Usage;
import java.util.Arrays;

/**
 * Prices by the size of the request: the tier of the whole input, cached and cache-written tokens
 * counted, prices everything, the output too. Immutable.
 */
final class TieredRates {

  private final long[] above;
  private final Rates[] rates;
  private final Rates[] worst;

  /**
   * Makes a price list.
   *
   * @param above how many input tokens a request must exceed, ascending from 0
   * @param rates the prices of each tier
   */
  TieredRates(long[] above, Rates[] rates) {
    this.above = above.clone();
    this.rates = rates.clone();
    this.worst = new Rates[rates.length];
    for (int i = 0; i < rates.length; i++) {
      Rates own = rates[i].worstCase();
      // A bound may reach a tier that the call then misses: it must cover the tiers below too.
      worst[i] = i == 0 ? own : own.dearer(worst[i - 1]);
    }
  }

  /** Returns these prices with every token at {@code permille} thousandths. */
  TieredRates times(int permille) {
    Rates[] scaled = new Rates[rates.length];
    Arrays.setAll(scaled, i -> rates[i].times(permille));
    return new TieredRates(above, scaled);
  }

  /** Returns the prices of a request with so many input tokens. */
  Rates forInput(long tokens) {
    return rates[tier(tokens)];
  }

  /** Returns the exact cost of what was used. */
  PicoDollars cost(Usage usage) {
    return forInput(usage.inputTokens()).cost(usage);
  }

  /** Returns the most that a call of this bound can cost. */
  PicoDollars worstCase(Usage bound) {
    return worst[tier(bound.inputTokens())].cost(bound);
  }

  private int tier(long tokens) {
    int tier = above.length - 1;
    while (tier > 0 && tokens <= above[tier]) {
      tier--;
    }
    return tier;
  }
}
