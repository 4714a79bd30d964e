package dev.purser.core.route;

import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.RoutingRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules whose models are known. Immutable. */
public final class Options {

  static final Options NONE = new Options(RoutingRules.NONE, Map.of());

  private final RoutingRules rules;
  private final Map<String, List<Option>> byTask;

  private Options(RoutingRules rules, Map<String, List<Option>> byTask) {
    this.rules = rules;
    this.byTask = byTask;
  }

  /** A candidate and its model. */
  record Option(ModelId model, Candidate candidate) {}

  /**
   * Finds the models of rules.
   *
   * @param models returns the model of a name, or null if nobody knows whose it is or what it costs
   * @throws IllegalArgumentException if any is unknown; the message names all of them
   */
  public static Options of(RoutingRules rules, Function<String, @Nullable ModelId> models) {
    Map<String, List<Option>> byTask = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    rules.tasks().forEach((task, candidates) -> {
      List<Option> options = new ArrayList<>();
      for (Candidate candidate : candidates) {
        ModelId model = models.apply(candidate.model());
        if (model == null) {
          unknown.add("tasks." + task + ": no price is known for " + candidate.model()
              + "; write provider/model, or give it a price");
        } else {
          options.add(new Option(model, candidate));
        }
      }
      byTask.put(task, options);
    });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", unknown));
    }
    return new Options(rules, byTask);
  }

  RoutingRules rules() {
    return rules;
  }

  List<Option> of(String taskClass) {
    return byTask.getOrDefault(taskClass, List.of());
  }
}
