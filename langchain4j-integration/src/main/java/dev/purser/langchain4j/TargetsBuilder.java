package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.RoutingRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects model objects, and refuses what could not work. Not safe for use by several threads. */
final class TargetsBuilder<M> {

  private final List<Target<M>> targets = new ArrayList<>();
  private RoutingRules rules = RoutingRules.NONE;
  private @Nullable String otherwise;

  void add(
      String name,
      M model,
      @Nullable ChatRequestParameters stated,
      @Nullable ModelProvider provider,
      @Nullable Set<Capability> capabilities) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a model needs a name");
    }
    refuseBudgeted(name, model);
    ChatRequestParameters own = stated == null ? DefaultChatRequestParameters.EMPTY : stated;
    ModelId id = id(name, provider);
    if (targets.stream().anyMatch(each -> each.id().equals(id))) {
      throw new IllegalArgumentException(name + ": there are two models of this name");
    }
    if (!id.name().equals(own.modelName()) && !Target.callsTheNamed(own)) {
      throw new IllegalArgumentException(name + ": this object calls " + own.modelName()
          + ", whatever a request names; give it that name, or the object another");
    }
    targets.add(new Target<>(
        id, model, own, provider, capabilities == null ? Set.of() : Set.copyOf(capabilities)));
  }

  private static void refuseBudgeted(String name, Object model) {
    if (model instanceof BudgetedChatModel
        || model instanceof BudgetedStreamingChatModel
        || model instanceof RoutingChatModel
        || model instanceof RoutingStreamingChatModel) {
      throw new IllegalArgumentException(
          name + ": this model stays inside the budgets already; give the one inside it");
    }
  }

  private static ModelId id(String name, @Nullable ModelProvider provider) {
    int slash = name.indexOf('/');
    return slash > 0 && slash < name.length() - 1
        ? ModelId.of(name.substring(0, slash).toLowerCase(Locale.ROOT), name.substring(slash + 1))
        : Providers.model(null, provider, name);
  }

  void otherwise(String name) {
    otherwise = name;
  }

  void rules(RoutingRules stated) {
    rules = stated;
  }

  Targets<M> build() {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("there is no model to send calls to");
    }
    Targets<M> given = new Targets<>(List.copyOf(targets), targets.get(0));
    Set<String> missing = new LinkedHashSet<>();
    rules.tasks().forEach((task, candidates) -> {
      for (Candidate candidate : candidates) {
        if (given.named(candidate.model()) == null) {
          missing.add("tasks." + task + ": no model object is given for " + candidate.model());
        }
      }
    });
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", missing));
    }
    if (otherwise == null) {
      return given;
    }
    Target<M> named = given.named(otherwise);
    if (named == null) {
      throw new IllegalArgumentException(otherwise + ": no model object is given for this name");
    }
    return new Targets<>(given.all(), named);
  }
}
