package dev.purser.core.config;

import dev.purser.api.ModelPrice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes before the prices of the bundled table: the user's own, then those of a file. Immutable.
 *
 * @param file the path of a table of LiteLLM's, as it is written, or null
 * @param without the entries of that table to leave out; a {@code *} stands for any characters
 * @param own the user's own prices
 */
public record Prices(@Nullable String file, List<String> without, List<ModelPrice> own) {

  /** Nothing but the bundled table. */
  public static final Prices BUNDLED = new Prices(null, List.of(), List.of());

  /** Copies the lists. */
  public Prices {
    without = List.copyOf(without);
    own = List.copyOf(own);
  }

  /** Returns these with one more price of the user's own. */
  public Prices with(ModelPrice price) {
    List<ModelPrice> more = new ArrayList<>(own);
    more.add(price);
    return new Prices(file, without, more);
  }
}
