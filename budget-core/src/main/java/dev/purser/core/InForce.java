package dev.purser.core;

import dev.purser.api.Budget;
import dev.purser.core.config.Configuration;
import dev.purser.core.config.ConfigurationFile;
import dev.purser.core.config.Estimates;
import dev.purser.core.key.KeyRing;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.pipeline.Settings;
import dev.purser.core.price.FreeModels;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that a guard runs with, and how another takes its place: whole, or not at all.
 * Safe for use by several threads.
 */
final class InForce {

  private static final Logger log = LoggerFactory.getLogger(InForce.class);

  private final Pipeline pipeline;
  private final KeyRing keys;
  private final @Nullable ConfigurationFile file;
  private Configuration configuration;

  /** Begins with what the pipeline and the keys were built with. */
  InForce(
      Pipeline pipeline,
      KeyRing keys,
      Configuration configuration,
      @Nullable ConfigurationFile file) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.configuration = configuration;
    this.file = file;
    tellWhatIsNotActedOn();
  }

  static Settings settings(Configuration configuration) {
    return new Settings(
        configuration.fit(),
        configuration.leastUsefulOutput(),
        configuration.maxWait(),
        configuration.lease(),
        configuration.estimates() == Estimates.STRICT,
        new FreeModels(configuration.freeModels()));
  }

  /** Reads the file again. */
  synchronized void reload() {
    if (file == null) {
      throw new IllegalStateException("there is no configuration file to read again");
    }
    put(file.read());
  }

  /** Puts other budgets in force. */
  synchronized void revise(List<Budget> budgets) {
    put(configuration.with(budgets).checked());
  }

  /** Looks whether the file has changed; tells of what is wrong with it, and goes on as before. */
  synchronized void look() {
    if (file == null) {
      return;
    }
    try {
      Optional<Configuration> changed = file.readIfChanged();
      if (changed.isPresent()) {
        put(changed.get());
      }
    } catch (IllegalArgumentException e) {
      String problems = Objects.requireNonNull(e.getMessage());
      pipeline.rejected(problems);
      log.warn("The changed configuration is wrong; the one before stays in force. {}", problems);
    }
  }

  private void put(Configuration next) {
    if (!next.equals(configuration)) {
      keys.configure(next.keys()); // first, for they may be refused
      pipeline.revise(next.budgets(), settings(next));
      configuration = next;
      log.info(
          "{} budgets and {} keys are in force",
          next.budgets().size(),
          next.keys().size());
      tellWhatIsNotActedOn();
    }
  }

  private void tellWhatIsNotActedOn() {
    if (!configuration.tasks().isEmpty()) {
      log.info("tasks: read and checked; calls are not routed by them yet");
    }
    if (configuration.budgets().stream().anyMatch(budget -> !budget.alertAt().isEmpty())) {
      log.info("alert-at: read and checked; nobody is alerted by it yet");
    }
  }
}
