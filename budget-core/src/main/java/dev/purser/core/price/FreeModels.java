package dev.purser.core.price;

import dev.purser.api.Dimension;
import dev.purser.api.Filter;
import dev.purser.api.ModelId;
import dev.purser.spi.Quote;
import java.util.List;

/**
 * Models that the user declared to cost nothing, such as local ones. Their calls pass a budget of
 * money that is spent; their tokens and requests count all the same. Immutable.
 */
public final class FreeModels {

  /** No model is free. */
  public static final FreeModels NONE = new FreeModels(List.of());

  private final List<Filter> names;

  /**
   * Declares models.
   *
   * @param patterns {@code provider/name} or the name alone; a {@code *} stands for any characters
   */
  public FreeModels(List<String> patterns) {
    names = patterns.isEmpty() ? List.of() : List.of(new Filter(Dimension.MODEL, patterns));
  }

  /** Whether a model is declared free. */
  public boolean contains(ModelId model) {
    for (Filter filter : names) {
      if (filter.matches(model.name()) || filter.matches(model.toString())) {
        return true;
      }
    }
    return false;
  }

  /** Returns a quote of nothing for a free model, else the quote itself. */
  public Quote apply(ModelId model, Quote quote) {
    return contains(model) ? new FreeQuote(quote) : quote;
  }
}
