package dev.purser.core.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table as it stands in JSON. All prices are integers: pico-dollars a token, a search, a page
 * or a call. A key that is not listed here is an error.
 *
 * @param version names the table
 * @param asOf the day of its main source
 * @param updated the day on which it was last brought up to date; that of its source if absent
 * @param sources where the facts come from
 * @param providers by short name, in the order in which aliases are tried
 */
record PriceFile(
    @Nullable String version,
    @JsonProperty("as_of") @Nullable String asOf,
    @Nullable String updated,
    @Nullable List<String> sources,
    @Nullable Map<String, Provider> providers) {

  /** Returns this table under another version, with other providers. */
  PriceFile with(String name, Map<String, Provider> others) {
    return new PriceFile(name, asOf, updated, sources, others);
  }

  /**
   * A provider.
   *
   * @param aka other names, as patterns
   * @param owns the names of its own models, as patterns
   * @param fallback the providers whose models it serves at list price
   * @param tiers service tiers that go by another name where a model has none of that name
   * @param fees prices by kind of what is not a token, where the model does not say
   * @param hourWriteTimesInput what an hour's cache write costs in times of an input token
   * @param batch thousandths of the standard price of every token of a batch, for models that state no
   *     price of their own for it
   * @param models its models
   * @param reseller whether it sells others' models under their vendors' prefixes; told by the names
   *     of its models if absent
   */
  record Provider(
      @Nullable List<String> aka,
      @Nullable List<String> owns,
      @Nullable List<String> fallback,
      @Nullable Map<String, String> tiers,
      @Nullable Map<String, Long> fees,
      @JsonProperty("hour_write_times_input") @Nullable Integer hourWriteTimesInput,
      @Nullable Integer batch,
      @Nullable List<Model> models,
      @Nullable Boolean reseller) {

    /** A provider of which nothing is known. */
    static final Provider NEW =
        new Provider(null, null, null, null, null, null, null, null, Boolean.FALSE);

    /** Returns this provider with other models. */
    Provider with(List<Model> others, boolean resells) {
      return new Provider(
          aka, owns, fallback, tiers, fees, hourWriteTimesInput, batch, others, resells);
    }
  }

  /**
   * A model.
   *
   * @param id its name in messages
   * @param match the names it goes by, as patterns
   * @param context its context window, in tokens
   * @param maxOutput the most tokens it writes; the context window where that is not known
   * @param periods its prices over time
   * @param modes its prices on other service tiers
   * @param regions thousandths of the price of every token by the region chosen, for a surcharge
   */
  record Model(
      @Nullable String id,
      @Nullable List<String> match,
      @Nullable Long context,
      @JsonProperty("max_output") @Nullable Long maxOutput,
      @Nullable List<Era> periods,
      @Nullable Map<String, Mode> modes,
      @Nullable Map<String, Integer> regions) {}

  /**
   * Prices over time.
   *
   * @param from the instant they begin, always if absent
   * @param daily times of day in UTC such as {@code 00:30/16:30}, all day if absent
   * @param rates tiers: prices by kind, and {@code above}, how much input a request must exceed;
   *     absent for a model that is billed by fees alone, such as pages or seconds
   * @param fees prices by kind of what is not a token
   */
  record Era(
      @Nullable String from,
      @Nullable List<String> daily,
      @Nullable List<Map<String, Long>> rates,
      @Nullable Map<String, Long> fees) {}

  /**
   * A service tier: prices of its own, or a multiple of the standard ones.
   *
   * @param rates as in {@link Era}; kinds that are not stated cost what they cost at standard
   * @param permille thousandths of the standard price of every token
   */
  record Mode(
      @Nullable List<Map<String, Long>> rates, @Nullable Integer permille) {}
}
