package dev.purser.core.config;

import dev.purser.api.Budget;
import dev.purser.api.Fit;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelPrice;
import dev.purser.api.RoutingRules;
import dev.purser.api.VirtualKey;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a guard is configured with. Immutable; nothing in it is checked before {@link #checked()}.
 * More parts may be added, so build it with {@link #builder()}.
 *
 * @param owner who answers for every budget and key that names nobody else, or null
 * @param zone the zone of the calendar windows of every budget that has none
 * @param budgets the budgets
 * @param keys the virtual keys
 * @param routing which models serve which calls
 * @param freeModels the models that cost nothing, as {@code provider/name} or a bare model name, with
 *     {@code *} for any characters
 * @param fit which calls may be admitted with a lowered output cap
 * @param maxWait how long a call may wait for what is only held by other calls; zero for not at all
 * @param leastUsefulOutput the fewest tokens of output that an output cap may be lowered to
 * @param lease how long a reservation stays a hold before it becomes a charge
 * @param estimates how the input of a call is bounded
 * @param prices what comes before the prices of the bundled table
 * @param journal where and how the journal is kept, its folder as it was written, or null
 */
public record Configuration(
    @Nullable String owner,
    ZoneId zone,
    List<Budget> budgets,
    List<VirtualKey> keys,
    RoutingRules routing,
    List<String> freeModels,
    Fit fit,
    Duration maxWait,
    long leastUsefulOutput,
    Duration lease,
    Estimates estimates,
    Prices prices,
    @Nullable JournalOptions journal) {

  /** Copies the lists. */
  public Configuration {
    budgets = List.copyOf(budgets);
    keys = List.copyOf(keys);
    freeModels = List.copyOf(freeModels);
  }

  /** Returns a builder of a configuration without budgets and with every default. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns this configuration with the owner of every budget and key, and every budget's zone,
   * filled in. Checking twice changes nothing more.
   *
   * @throws ConfigurationException if anything is missing or wrong; it holds every problem
   */
  public Configuration checked() {
    List<Problem> problems = ConfigurationCheck.findings(this).stream()
        .map(finding -> finding.inCode(this))
        .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException("", problems, null);
    }
    return complete();
  }

  /** Returns this configuration with other budgets. */
  public Configuration with(List<Budget> others) {
    return new Configuration(
        owner,
        zone,
        others,
        keys,
        routing,
        freeModels,
        fit,
        maxWait,
        leastUsefulOutput,
        lease,
        estimates,
        prices,
        journal);
  }

  Configuration withKeys(List<VirtualKey> others) {
    return new Configuration(
        owner,
        zone,
        budgets,
        others,
        routing,
        freeModels,
        fit,
        maxWait,
        leastUsefulOutput,
        lease,
        estimates,
        prices,
        journal);
  }

  Configuration complete() {
    List<Budget> complete = new ArrayList<>(budgets.size());
    for (Budget budget : budgets) {
      Budget answered = budget.owner() == null && owner != null ? budget.owner(owner) : budget;
      complete.add(answered.zone() == null ? answered.zone(zone) : answered);
    }
    List<VirtualKey> owned = keys.stream()
        .map(key -> key.owner() == null && owner != null ? key.owner(owner) : key)
        .toList();
    return new Configuration(
        owner,
        zone,
        complete,
        owned,
        routing,
        freeModels,
        fit,
        maxWait,
        leastUsefulOutput,
        lease,
        estimates,
        prices,
        journal);
  }

  /** Collects the parts of a configuration. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String owner;
    private ZoneId zone = ZoneOffset.UTC;
    private final List<Budget> budgets = new ArrayList<>();
    private final List<VirtualKey> keys = new ArrayList<>();
    private RoutingRules routing = RoutingRules.NONE;
    private final List<String> freeModels = new ArrayList<>();
    private Fit fit = Fit.UNCAPPED;
    private Duration maxWait = Duration.ZERO;
    private long leastUsefulOutput = 128;
    private Duration lease = Duration.ofMinutes(15);
    private Estimates estimates = Estimates.DEFAULT;
    private Prices prices = Prices.BUNDLED;
    private @Nullable JournalOptions journal;

    private Builder() {}

    /** Names who answers for every budget and key that names nobody else. */
    public Builder owner(@Nullable String owner) {
      this.owner = owner;
      return this;
    }

    /** Sets the zone of the calendar windows of every budget that has none; UTC by default. */
    public Builder zone(ZoneId zone) {
      this.zone = zone;
      return this;
    }

    /** Adds a budget. */
    public Builder budget(Budget budget) {
      budgets.add(budget);
      return this;
    }

    /** Adds a virtual key. */
    public Builder key(VirtualKey key) {
      keys.add(key);
      return this;
    }

    /** Changes which models serve which calls. */
    public Builder routing(UnaryOperator<RoutingRules> change) {
      routing = change.apply(routing);
      return this;
    }

    /** Adds a model, or a pattern of models, that costs nothing. */
    public Builder freeModel(String pattern) {
      freeModels.add(pattern);
      return this;
    }

    /** Says which calls may be admitted with a lowered cap; those without a cap by default. */
    public Builder fit(Fit fit) {
      this.fit = fit;
      return this;
    }

    /** Sets how long a call may wait for what is only held by others; zero by default. */
    public Builder maxWait(Duration maxWait) {
      this.maxWait = maxWait;
      return this;
    }

    /** Sets the fewest tokens that an output cap may be lowered to; 128 by default. */
    public Builder leastUsefulOutput(long tokens) {
      this.leastUsefulOutput = tokens;
      return this;
    }

    /** Sets how long a reservation stays a hold; 15 minutes by default. */
    public Builder lease(Duration lease) {
      this.lease = lease;
      return this;
    }

    /** Says how the input of a call is bounded. */
    public Builder estimates(Estimates estimates) {
      this.estimates = estimates;
      return this;
    }

    /** Sets what comes before the prices of the bundled table; nothing by default. */
    public Builder prices(Prices prices) {
      this.prices = prices;
      return this;
    }

    /** Adds a price of the user's own. */
    public Builder price(ModelPrice price) {
      this.prices = prices.with(price);
      return this;
    }

    /** Says where and how the journal is kept; nowhere by default. */
    public Builder journal(@Nullable JournalOptions journal) {
      this.journal = journal;
      return this;
    }

    /** Returns what was collected, unchecked. */
    public Configuration build() {
      return new Configuration(
          owner,
          zone,
          budgets,
          keys,
          routing,
          freeModels,
          fit,
          maxWait,
          leastUsefulOutput,
          lease,
          estimates,
          prices,
          journal);
    }
  }
}
