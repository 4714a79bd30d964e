package dev.purser.core.route;

import dev.purser.api.CallIntent;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.RoutingRules;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.route.RouteFacts.Use;
import dev.purser.core.route.RouteFacts.Wanted;
import dev.purser.spi.TaskClassifier;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the model of a call: of those listed for its task class the first that may serve it, which
 * whoever makes the call can reach, that was not tried before and is not out of order. Others may take
 * the place of the rules while calls run. Safe for use by several threads.
 */
public final class Routes {

  private static final String TASK = "task ";

  private final Breakers breakers;
  private final TaskClassifier classifier;
  private volatile Options options = Options.NONE;

  /** @param classifier asked for the task class of calls that name none, before their size is looked at */
  public Routes(TaskClassifier classifier, InstantSource clock) {
    this.classifier = classifier;
    breakers = new Breakers(clock);
  }

  /** Puts rules in force for the calls that are admitted from now on. */
  public void revise(Options next) {
    options = next;
  }

  /** Returns the rules in force. */
  public RoutingRules rules() {
    return options.rules();
  }

  /** Whether there is anything to be chosen between. */
  public boolean isEmpty() {
    return options.rules().tasks().isEmpty();
  }

  /**
   * Returns the task class of a call, or null if none is known.
   *
   * @param stated what the call names
   */
  public @Nullable String classOf(CallIntent intent, @Nullable String stated) {
    if (stated != null) {
      return stated;
    }
    RoutingRules rules = options.rules();
    String found = classifier.classOf(intent);
    if (found == null && rules.small() != null && rules.large() != null) {
      found = Size.of(intent) == Size.SMALL ? rules.small() : rules.large();
    }
    return found == null ? rules.otherwise() : found;
  }

  /**
   * Chooses.
   *
   * @return null if nothing is listed for its class, or it cannot be moved: it keeps the model asked for.
   *     If it was tried before, null means that there is no other model
   */
  public @Nullable Route of(CallIntent intent, @Nullable String taskClass, RouteFacts facts) {
    Options now = options;
    Wanted wanted = facts.downgrade(intent.model());
    String serving = wanted == null ? taskClass : wanted.taskClass();
    List<Options.Option> listed = serving == null ? List.of() : now.of(serving);
    if (listed.isEmpty() || intent.tried().size() >= now.rules().attempts()) {
      return null;
    }
    StringBuilder why = new StringBuilder(TASK).append(serving);
    if (wanted != null && !Objects.equals(taskClass, serving)) {
      why.append(" for ").append(taskClass == null ? "any" : taskClass).append(", ");
      describe(why, wanted.use());
    }
    return first(intent, listed, facts, why);
  }

  private @Nullable Route first(
      CallIntent intent, List<Options.Option> listed, RouteFacts facts, StringBuilder why) {
    ModelId outOfOrder = null;
    for (Options.Option option : listed) {
      String against = against(intent, option, facts);
      if (against == null && breakers.leave(option.model())) {
        return new Route(option.model(), why.toString(), true);
      }
      if (against == null && outOfOrder == null) {
        outOfOrder = option.model();
      }
      why.append("; ")
          .append(option.model())
          .append(' ')
          .append(against == null ? "is out of order" : against);
    }
    if (!intent.tried().isEmpty()) {
      return null;
    }
    if (outOfOrder != null) {
      // Rather a call that may fail than none: only its caller knows what else to do.
      return new Route(outOfOrder, why.append("; tried all the same").toString(), false);
    }
    return intent.modelAdjustable()
        ? new Route(intent.model(), why.append("; so as asked").toString(), false)
        : null;
  }

  /** Returns what stands against a model, for a person; null if nothing does. */
  private static @Nullable String against(
      CallIntent intent, Options.Option option, RouteFacts facts) {
    ModelId model = option.model();
    if (intent.tried().contains(model)) {
      return "failed";
    }
    if (!model.equals(intent.model()) && !(intent.modelAdjustable() && intent.reaches(model))) {
      return "is out of reach";
    }
    if (!facts.allows(model)) {
      return "is not allowed";
    }
    Candidate candidate = option.candidate();
    if (candidate.goesByUse()) {
      Use use = facts.use(model, candidate.budget());
      long percent = use == null ? 0 : use.percent();
      if (percent < candidate.from() || percent >= candidate.until()) {
        return "is for another use than " + percent + "%";
      }
    }
    if (!facts.fits(model)) {
      return "is too small for it";
    }
    Usd most = candidate.costAtMost();
    if (most != null && facts.worstCaseNanoUsd(model) > most.nanos()) {
      return "costs more than " + most;
    }
    return null;
  }

  private static void describe(StringBuilder why, Use use) {
    why.append(use.budget()).append(" is ").append(use.percent()).append("% spent");
  }

  /** A call that leave was given for was not sent. */
  public void unused(ModelId model) {
    breakers.unused(model);
  }

  /** A call that leave was given for has ended. */
  public void ended(ModelId model, SpendRecord record) {
    breakers.ended(model, record);
  }
}
