package dev.purser.core.config;

import dev.purser.api.Fit;
import dev.purser.api.ModelPrice;
import dev.purser.core.config.Node.Empty;
import dev.purser.core.config.Node.Mapping;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads the configuration out of a YAML text, or finds all that is wrong with it. */
final class ConfigurationReader {

  private static final String JOURNAL = "journal";
  private static final List<String> KEYS = List.of(
      "owner",
      "zone",
      "budgets",
      "keys",
      "tasks",
      "routing",
      "free-models",
      "prices",
      "prices-file",
      "prices-file-without",
      "fit",
      "max-wait",
      "least-useful-output",
      "lease",
      "estimates",
      JOURNAL,
      "week-starts",
      "fiscal-year-starts");
  private static final Choice<Fit> FITS = Choice.of("fit", Fit.class);
  private static final Choice<Estimates> ESTIMATES = Choice.of("estimates", Estimates.class);

  /** Stands for an owner that cannot be read, so that not every budget is said to lack one. */
  private static final String UNREADABLE = "?";

  private final Problems problems = new Problems();

  private final PriceCheck priceCheck;

  private ConfigurationReader(PriceCheck priceCheck) {
    this.priceCheck = priceCheck;
  }

  /**
   * Returns the checked and completed configuration.
   *
   * @param file what messages call the text
   * @throws ConfigurationException if the text is no configuration
   */
  static Configuration read(String file, String text) {
    return read(file, text, PriceCheck.NONE);
  }

  /**
   * Returns the checked and completed configuration, whose prices can be put in force.
   *
   * @param file what messages call the text
   * @throws ConfigurationException if the text is no configuration, or its prices are refused
   */
  static Configuration read(String file, String text, PriceCheck priceCheck) {
    return new ConfigurationReader(priceCheck).configuration(file, text);
  }

  private Configuration configuration(String file, String text) {
    Node root = YamlTree.read(text, problems);
    if (!(root instanceof Mapping mapping)) {
      problems.addUnlessItFollows(
          root instanceof Empty
              ? new Problem("", 1, "is empty")
              : root.problem("must be a mapping of keys such as budgets"));
      throw problems.thrown(file);
    }
    Configuration read = configuration(new Fields(mapping, KEYS, problems));
    Lines lines = new Lines(root);
    for (Finding finding : ConfigurationCheck.findings(read)) {
      problems.addUnlessItFollows(finding.inFile(lines));
    }
    for (Problem problem : priceCheck.problems(read.prices())) {
      problems.addUnlessItFollows(
          new Problem(problem.path(), lines.of(problem.path()), problem.message()));
    }
    if (!problems.isEmpty()) {
      throw problems.thrown(file);
    }
    return read.complete();
  }

  private Configuration configuration(Fields fields) {
    Configuration.Builder builder = Configuration.builder();
    if (fields.has("owner")) {
      builder.owner(fields.read("owner", Words::filled).orElse(UNREADABLE));
    }
    ZoneId zone = fields.read("zone", Words::zone).orElse(ZoneOffset.UTC);
    builder.zone(zone);
    BudgetReader budgets = new BudgetReader(
        problems,
        fields.read("week-starts", Words.WEEKDAYS).orElse(DayOfWeek.MONDAY),
        fields.read("fiscal-year-starts", Words.MONTHS).orElse(Month.JANUARY));
    fields.items("budgets").forEach(node -> builder.budget(budgets.read(node)));
    KeyReader keys = new KeyReader(problems, zone);
    fields.itemsIfAny("keys").forEach(node -> builder.key(keys.read(node)));
    builder.routing(none -> new RoutingReader(problems).read(fields));
    fields.list("free-models", Words::filled).forEach(builder::freeModel);
    builder.prices(prices(fields));
    fields.read("fit", FITS).ifPresent(builder::fit);
    fields.read("max-wait", DurationWords::read).ifPresent(builder::maxWait);
    fields
        .read("least-useful-output", text -> LimitWords.count("tokens", text))
        .ifPresent(builder::leastUsefulOutput);
    fields.read("lease", DurationWords::read).ifPresent(builder::lease);
    fields.read("estimates", ESTIMATES).ifPresent(builder::estimates);
    builder.journal(new JournalReader(problems).read(fields, JOURNAL));
    return builder.build();
  }

  private Prices prices(Fields fields) {
    PriceReader reader = new PriceReader(problems);
    List<ModelPrice> own = new ArrayList<>();
    fields.itemsIfAny("prices").forEach(node -> own.add(reader.read(node)));
    fields.onlyWhere("prices-file-without", fields.has("prices-file"), "there is no prices-file");
    return new Prices(
        fields.read("prices-file", Words::filled).orElse(null),
        fields.list("prices-file-without", Words::filled),
        own);
  }
}
