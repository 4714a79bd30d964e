package dev.purser.core;

import dev.purser.api.AlertRules;
import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Fit;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelPrice;
import dev.purser.api.RoutingRules;
import dev.purser.api.VirtualKey;
import dev.purser.core.config.Configuration;
import dev.purser.core.config.ConfigurationFile;
import dev.purser.core.config.Estimates;
import dev.purser.core.content.ContentRules;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.emit.JsonLinesSink;
import dev.purser.core.emit.Slf4jSink;
import dev.purser.core.estimate.PromptEstimator;
import dev.purser.core.key.KeyRing;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.core.pipeline.Alerting;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.pipeline.PipelineParts;
import dev.purser.core.price.LiteLlmPrices;
import dev.purser.core.route.RequestedModel;
import dev.purser.core.route.Routes;
import dev.purser.spi.AlertSink;
import dev.purser.spi.Ledger;
import dev.purser.spi.ModelRouter;
import dev.purser.spi.PriceBook;
import dev.purser.spi.RecordSink;
import dev.purser.spi.Redactor;
import dev.purser.spi.TaskClassifier;
import dev.purser.spi.TokenEstimator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Purser}. Not safe for use by several threads. */
public final class PurserBuilder {

  private final Configuration.Builder configuration = Configuration.builder();
  private boolean configuredByCode;
  private @Nullable Path file;
  private @Nullable Duration watch;
  private final List<RecordSink> sinks = new ArrayList<>();
  private final List<AlertSink> alertSinks = new ArrayList<>();
  private final Map<String, String> teamOwners = new HashMap<>();
  private AlertRules alertRules = AlertRules.DEFAULT;
  private ModelRouter router = new RequestedModel();
  private TaskClassifier classifier = TaskClassifier.NONE;
  private @Nullable TokenEstimator estimator;
  private @Nullable PriceBook prices;
  private @Nullable LiteLlmPrices liteLlm;
  private @Nullable Ledger ledger;
  private @Nullable JournalOptions journal;
  private ContentRules content = ContentRules.NONE;
  private int queueCapacity = 16_384;
  private InstantSource clock = InstantSource.system();

  PurserBuilder() {}

  /**
   * Takes owner, zone, budgets, keys and how calls are admitted from a file, {@code purser.yaml}, in
   * place of what this builder says of them; {@link Purser#reload()} reads it again.
   */
  public PurserBuilder configuration(Path file) {
    this.file = file;
    return this;
  }

  /**
   * Looks so often whether the configuration file has changed, and takes a change over. One that is
   * wrong is told as an alert and changes nothing.
   */
  public PurserBuilder watch(Duration every) {
    this.watch = every;
    return this;
  }

  private PurserBuilder configured(Configuration.Builder unused) {
    configuredByCode = true;
    return this;
  }

  /** Names the person who answers for every budget and key that names nobody else. */
  public PurserBuilder owner(String owner) {
    return configured(configuration.owner(owner));
  }

  /** Sets the zone of calendar windows of every budget that has none; UTC by default. */
  public PurserBuilder zone(ZoneId zone) {
    return configured(configuration.zone(zone));
  }

  /** Adds a budget. */
  public PurserBuilder budget(Budget budget) {
    return configured(configuration.budget(budget));
  }

  /**
   * Adds a virtual key, with the hash of each secret that opens it. {@link Keys#mint} makes keys while
   * the guard runs.
   */
  public PurserBuilder key(VirtualKey key) {
    return configured(configuration.key(key));
  }

  /** Adds a sink for records; without any, records are logged. */
  public PurserBuilder sink(RecordSink sink) {
    sinks.add(sink);
    return this;
  }

  /**
   * Adds a JSON Lines file that records are appended to.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public PurserBuilder jsonLines(Path file) {
    try {
      return sink(JsonLinesSink.open(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append records to " + file, e);
    }
  }

  /** Adds a sink that logs records with SLF4J, at DEBUG where nothing went wrong. */
  public PurserBuilder slf4j() {
    return sink(new Slf4jSink());
  }

  /** Adds a sink for alerts; without any, alerts are logged. */
  public PurserBuilder alertSink(AlertSink sink) {
    alertSinks.add(sink);
    return this;
  }

  /** Changes when rules tell somebody: {@code alerts(rules -> rules.sessionBurn(Usd.of("50")))}. */
  public PurserBuilder alerts(UnaryOperator<AlertRules> change) {
    alertRules = change.apply(alertRules);
    return this;
  }

  /** Names who is told of a team's keys and sessions, where the key names nobody itself. */
  public PurserBuilder teamOwner(String team, String owner) {
    teamOwners.put(Said.filled("team", team), Said.filled("owner", owner));
    return this;
  }

  /**
   * Has records tell what was asked and what was answered, which they do not by default. Of a prompt that
   * is the JSON body of the request, never a header; of an answer, the text that the model wrote, with
   * the thoughts that it shows. Only the sinks get it: no log, no exception and no {@code toString} of
   * ours shows it.
   *
   * <p>Not of an answer that brings several choices as a stream: secrets that its parts hold by turns
   * could not be found.
   *
   * @param maxCharacters how many characters of each at most, from 1 to 1,000,000
   * @param redactors take out, one after the other and before the text is cut, what must not be recorded;
   *     {@link Redactors#standard()} if none is named. If one fails, the content is left out
   */
  public PurserBuilder recordContent(int maxCharacters, Redactor... redactors) {
    content = ContentRules.of(
        maxCharacters, redactors.length == 0 ? List.of(Redactors.standard()) : List.of(redactors));
    return this;
  }

  /** Says which calls may be admitted with a lowered output cap. */
  public PurserBuilder fit(Fit fit) {
    return configured(configuration.fit(fit));
  }

  /**
   * Sets the shortest answer, in tokens, that is worth its money: a call is refused rather than fitted
   * to less. 128 by default; for models that think before they write, eight times as much.
   */
  public PurserBuilder leastUsefulOutput(long tokens) {
    return configured(configuration.leastUsefulOutput(tokens));
  }

  /**
   * Lets calls wait for money that other calls hold, so long at most, before they are refused as
   * {@code HELD}; zero, the default, for not at all. Blocks the calling thread; an interrupt ends it.
   */
  public PurserBuilder maxWait(Duration maxWait) {
    return configured(configuration.maxWait(maxWait));
  }

  /**
   * Declares models that cost nothing, such as local ones: {@code provider/name} or the name alone,
   * where a {@code *} stands for any characters. Their tokens and requests are counted all the same.
   */
  public PurserBuilder freeModels(String... patterns) {
    for (String pattern : patterns) {
      configuration.freeModel(pattern);
    }
    return configured(configuration);
  }

  /**
   * Sets how long a reservation stays a hold before it becomes a charge of the reserved amount; longer
   * than the longest call. 15 minutes by default.
   */
  public PurserBuilder lease(Duration lease) {
    return configured(configuration.lease(lease));
  }

  /**
   * Says whether each UTF-8 byte of a text counts as a token instead of what its characters look like:
   * then no text can have more tokens than are held for it, and most have far fewer. Says nothing to an
   * {@linkplain #estimator estimator} of one's own.
   */
  public PurserBuilder strictEstimates(boolean strict) {
    return configured(configuration.estimates(strict ? Estimates.STRICT : Estimates.DEFAULT));
  }

  /**
   * Keeps what is spent in a folder of this guard's own, so that a restart forgets nothing; it is the log
   * of all calls, too, and records are then logged with SLF4J only if a sink says so. See {@code
   * docs/records.md}.
   */
  public PurserBuilder journal(Path folder) {
    return journal(JournalOptions.in(folder));
  }

  /**
   * Keeps what is spent in a folder, in the way that the options say. In a configuration file, {@code
   * journal} does the same.
   */
  public PurserBuilder journal(JournalOptions options) {
    this.journal = options;
    return this;
  }

  /** Sets how many records may wait for each sink before they are dropped. */
  public PurserBuilder queueCapacity(int records) {
    this.queueCapacity = records;
    return this;
  }

  /**
   * Says which models serve calls of a task class; of those that may, the first is taken. In a
   * configuration file, {@code tasks} does the same. See {@code docs/routing.md}.
   */
  public PurserBuilder task(String taskClass, Candidate... candidates) {
    return configured(configuration.routing(rules -> rules.task(taskClass, List.of(candidates))));
  }

  /**
   * Changes how calls get their task class, and how many models one may be tried with. In a
   * configuration file, {@code routing} does the same.
   */
  public PurserBuilder routing(UnaryOperator<RoutingRules> change) {
    return configured(configuration.routing(change));
  }

  /** Sets who says of which task class a call is that names none; asked before its size is looked at. */
  public PurserBuilder classifier(TaskClassifier classifier) {
    this.classifier = classifier;
    return this;
  }

  /** Sets a router that is asked first; where it leaves the model asked for, the tasks decide. */
  public PurserBuilder router(ModelRouter router) {
    this.router = router;
    return this;
  }

  /** Replaces the estimator. */
  public PurserBuilder estimator(TokenEstimator estimator) {
    this.estimator = estimator;
    return this;
  }

  /**
   * Puts the prices of a LiteLLM table before the bundled ones. In a configuration file, {@code
   * prices-file} does the same.
   */
  public PurserBuilder prices(LiteLlmPrices file) {
    this.liteLlm = file;
    return this;
  }

  /** Puts a price of your own before those of any table, as the file's list of prices does. */
  public PurserBuilder price(ModelPrice own) {
    return configured(configuration.price(own));
  }

  /** Replaces the bundled prices. */
  public PurserBuilder prices(PriceBook prices) {
    this.prices = prices;
    return this;
  }

  /** Replaces the ledger in memory. */
  public PurserBuilder ledger(Ledger ledger) {
    this.ledger = ledger;
    return this;
  }

  /** Replaces the system clock. */
  public PurserBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Builds the guard and starts its daemon threads: one, and one for each sink.
   *
   * @throws IllegalArgumentException if something is missing or wrong; the message names the field,
   *     and of a file the line, for everything that is wrong at once
   * @throws IllegalStateException if another guard has the journal's folder, or the journal is more than
   *     an hour ahead of the clock
   * @throws UncheckedIOException if the journal's folder cannot be read and written
   */
  public Purser build() {
    Pricing pricing = Pricing.of(prices, liteLlm, file);
    ConfigurationFile source = file == null ? null : ConfigurationFile.at(file, pricing.check());
    check(source);
    Configuration checked = source == null ? configuration.build().checked() : source.read();
    Routes routes = new Routes(classifier, clock);
    routes.revise(Pricing.options(checked, pricing.begin(checked)));
    Keeping keeping = Keeping.open(journal, file, checked, clock);
    try {
      return build(pricing, source, checked, keeping, routes);
    } catch (RuntimeException | Error e) {
      keeping.close();
      throw e;
    }
  }

  private Purser build(
      Pricing pricing,
      @Nullable ConfigurationFile source,
      Configuration checked,
      Keeping keeping,
      Routes routes) {
    Slf4jSink log = new Slf4jSink();
    Counters counters = new Counters();
    KeyRing keys = new KeyRing(checked.keys());
    ScheduledExecutorService housekeeping = Housekeeping.thread();
    Alerting alerts = AlertWiring.of(
        alertRules, teamOwners, checked, keys, pricing.book(), keeping.log(), clock, housekeeping);
    Emitter emitter = new Emitter(
        keeping.sinks(sinks, log, alerts.watch()),
        alertSinks.isEmpty() ? List.of(log) : alertSinks,
        queueCapacity,
        counters,
        clock);
    alerts.book().through(AlertWiring.to(emitter));
    Pipeline pipeline = new Pipeline(new PipelineParts(
        checked.budgets(),
        router,
        routes,
        estimator == null ? new PromptEstimator() : estimator,
        estimator == null ? PromptEstimator.strict() : estimator,
        pricing.book(),
        pricing.bundled(),
        keeping.over(ledger == null ? new InMemoryLedger() : ledger),
        keys,
        emitter,
        counters,
        InForce.settings(checked),
        content,
        clock,
        System::nanoTime,
        keeping.salt(),
        alerts,
        keeping.log()));
    keeping.begin(pipeline, checked.budgets());
    pricing.tellAge(checked, pipeline);
    InForce inForce = new InForce(pipeline, keys, pricing.tables(), routes, checked, source);
    return new Purser(
        pipeline,
        emitter,
        counters,
        inForce,
        new Keys(keys, pipeline, clock),
        clock,
        keeping.journal(),
        Housekeeping.start(housekeeping, pipeline, inForce, checked, watch));
  }

  private void check(@Nullable ConfigurationFile source) {
    if (source != null && configuredByCode) {
      throw new IllegalArgumentException(
          "configuration: owner, zone, budgets, keys and how calls are admitted come from " + file
              + "; say them there, or leave the file out");
    }
    if (watch != null && (source == null || watch.isNegative() || watch.isZero())) {
      throw new IllegalArgumentException(
          "watch: needs a configuration file, and a pause longer than nothing, is " + watch);
    }
    if (queueCapacity < 1) {
      throw new IllegalArgumentException("queueCapacity: must be at least 1, is " + queueCapacity);
    }
  }
}
