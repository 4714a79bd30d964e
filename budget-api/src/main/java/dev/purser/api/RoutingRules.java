package dev.purser.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which models serve which calls. Immutable.
 *
 * @param tasks the models that may serve a task class, the first that may is taken, by task class
 * @param otherwise the task class of calls that name none and that no classifier knows, or null: such
 *     calls keep the model asked for
 * @param small the task class of calls that look like routine work, or null; by size, see {@code
 *     docs/routing.md}
 * @param large the task class of the others, or null
 * @param attempts how many models a call may be tried with
 */
public record RoutingRules(
    Map<String, List<Candidate>> tasks,
    @Nullable String otherwise,
    @Nullable String small,
    @Nullable String large,
    int attempts) {

  /** How many models a call may be tried with, unless somebody says otherwise. */
  public static final int ATTEMPTS = 3;

  /** Leaves every call with the model asked for. */
  public static final RoutingRules NONE = new RoutingRules(Map.of(), null, null, null, ATTEMPTS);

  /** Copies the lists and the map, which keeps its order. */
  public RoutingRules {
    Map<String, List<Candidate>> copy = new LinkedHashMap<>();
    tasks.forEach((task, candidates) -> copy.put(task, List.copyOf(candidates)));
    tasks = Collections.unmodifiableMap(copy);
  }

  /** Returns these rules with the models of one more task class, or others than before. */
  public RoutingRules task(String taskClass, List<Candidate> candidates) {
    Map<String, List<Candidate>> more = new LinkedHashMap<>(tasks);
    more.put(taskClass, candidates);
    return new RoutingRules(more, otherwise, small, large, attempts);
  }

  /** Returns these rules with a task class for calls of which nothing else is known. */
  public RoutingRules otherwise(@Nullable String taskClass) {
    return new RoutingRules(tasks, taskClass, small, large, attempts);
  }

  /** Returns these rules with task classes for calls that name none, by their size. */
  public RoutingRules bySize(@Nullable String routine, @Nullable String demanding) {
    return new RoutingRules(tasks, otherwise, routine, demanding, attempts);
  }

  /** Returns these rules with another bound of models that a call is tried with. */
  public RoutingRules attempts(int most) {
    return new RoutingRules(tasks, otherwise, small, large, most);
  }
}
