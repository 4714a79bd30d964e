package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.purser.api.ModelId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model objects that calls are routed between. Immutable.
 *
 * @param all in the order they were given in, one at least
 * @param otherwise for calls that name none of them
 * @param <M> the kind of model
 */
record Targets<M>(List<Target<M>> all, Target<M> otherwise) {

  /** Returns the one of a name, or null. */
  @Nullable Target<M> of(ModelId id) {
    for (Target<M> each : all) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /** Returns the one that a name means, with its provider or without; null if none. */
  @Nullable Target<M> named(@Nullable String name) {
    for (Target<M> each : all) {
      if (each.id().toString().equals(name)) {
        return each;
      }
    }
    for (Target<M> each : all) {
      if (each.id().name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** Returns the one that a request asks for: where it names none, one that can be asked so. */
  Target<M> asked(ChatRequest request) {
    Target<M> stated = named(request.modelName());
    if (stated != null) {
      return stated;
    }
    if (otherwise.takes(request)) {
      return otherwise;
    }
    return all.stream().filter(each -> each.takes(request)).findFirst().orElse(otherwise);
  }

  /** Whether a model is one of them, and can be asked so. */
  boolean reach(ModelId id, ChatRequest request) {
    Target<M> target = of(id);
    return target != null && target.takes(request);
  }

  /** Returns what all of them can. */
  Set<Capability> capabilities() {
    Set<Capability> common = EnumSet.allOf(Capability.class);
    all.forEach(each -> common.retainAll(each.capabilities()));
    return Set.copyOf(common);
  }

  /** Returns whose they are, if they are all of one. */
  ModelProvider provider() {
    ModelProvider one = all.get(0).provider();
    for (Target<M> each : all) {
      if (one == null || !one.equals(each.provider())) {
        return ModelProvider.OTHER;
      }
    }
    return one == null ? ModelProvider.OTHER : one;
  }
}
