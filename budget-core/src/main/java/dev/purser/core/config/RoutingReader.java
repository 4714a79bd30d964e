package dev.purser.core.config;

import dev.purser.api.Candidate;
import dev.purser.api.Measure;
import dev.purser.api.RoutingRules;
import dev.purser.api.Usd;
import dev.purser.core.config.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads which models serve which calls: {@code tasks}, and {@code routing} for what is said of all of them. */
record RoutingReader(Problems problems) {

  private static final List<String> KEYS = List.of("default", "classify", "attempts");
  private static final List<String> SIZES = List.of("small", "large");
  private static final List<String> CANDIDATE =
      List.of("model", "from", "until", "budget", "cost-at-most");

  RoutingRules read(Fields top) {
    RoutingRules rules = RoutingRules.NONE;
    Fields tasks = top.fields("tasks");
    for (String task : tasks.keys()) {
      rules = rules.task(task, candidates(tasks, task));
    }
    Optional<Fields> routing = top.mapping("routing", KEYS);
    return routing.isPresent() ? read(rules, routing.get()) : rules;
  }

  private RoutingRules read(RoutingRules rules, Fields fields) {
    RoutingRules read = rules;
    Optional<String> otherwise = fields.read("default", Words::filled);
    Optional<Fields> sizes = fields.mapping("classify", SIZES);
    if (sizes.isPresent()) {
      sizes.get().require("small");
      sizes.get().require("large");
      read = read.bySize(
          sizes.get().read("small", Words::filled).orElse(null),
          sizes.get().read("large", Words::filled).orElse(null));
    }
    Optional<Integer> attempts = fields.read("attempts", Words::accounts);
    read = attempts.isPresent() ? read.attempts(attempts.get()) : read;
    return otherwise.isPresent() ? read.otherwise(otherwise.get()) : read;
  }

  private List<Candidate> candidates(Fields tasks, String task) {
    List<Candidate> read = new ArrayList<>();
    for (Node item : tasks.items(task)) {
      if (item instanceof Mapping mapping) {
        candidate(new Fields(mapping, CANDIDATE, problems)).ifPresent(read::add);
      } else {
        tasks.read(item, Words::filled).map(Candidate::of).ifPresent(read::add);
      }
    }
    return read;
  }

  private Optional<Candidate> candidate(Fields fields) {
    fields.require("model");
    Candidate model = Candidate.of(fields.read("model", Words::filled).orElse("?"));
    int from = fields.read("from", Words::percentage).orElse(model.from());
    int until = fields.read("until", Words::percentage).orElse(model.until());
    String budget = fields.read("budget", Words::filled).orElse(null);
    Optional<Usd> cost = fields.read("cost-at-most", RoutingReader::usd);
    // Where a part cannot be read, the rest is checked all the same.
    return fields.has("model")
        ? checked(
            fields, () -> new Candidate(model.model(), from, until, budget, cost.orElse(null)))
        : Optional.empty();
  }

  private Optional<Candidate> checked(Fields fields, Supplier<Candidate> made) {
    return fields.read("model", name -> made.get());
  }

  private static Usd usd(String text) {
    return Usd.ofNanos(LimitWords.read(Measure.USD, text));
  }
}
