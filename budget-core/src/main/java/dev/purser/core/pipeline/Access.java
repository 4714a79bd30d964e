package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.Freeze;
import dev.purser.api.ModelId;
import dev.purser.api.VirtualKey;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.freeze.Freezes;
import dev.purser.core.pipeline.Identification.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says whether a call may be made at all, whatever the budgets have. */
final class Access {

  private static final String UNREAD = "none that could be read";

  private final Identification identification;
  private final Freezes freezes;
  private final BudgetBook budgets;

  Access(Identification identification, Freezes freezes, BudgetBook budgets) {
    this.identification = identification;
    this.freezes = freezes;
    this.budgets = budgets;
  }

  /**
   * Returns what stands against a call of a model; null if nothing does.
   *
   * @param alternatives the other models that may answer it
   */
  @Nullable Denial denial(Caller caller, ModelId model, List<ModelId> alternatives, Instant at) {
    VirtualKey key = caller.key();
    if (caller.denial() != null || key == null) {
      return caller.denial() != null ? caller.denial() : frozen(caller.who(), at);
    }
    if (!key.allows(model)) {
      return denied(key, Reason.MODEL_NOT_ALLOWED, model.name(), key.models());
    }
    for (ModelId alternative : alternatives) {
      // A name that is not known may be any, even where a pattern leaves the whole name open.
      boolean unknown = alternative.name().isEmpty() && !key.models().isEmpty();
      if (unknown || !key.allows(alternative)) {
        return denied(
            key, Reason.MODEL_NOT_ALLOWED, unknown ? UNREAD : alternative.name(), key.models());
      }
    }
    Denial taskClass = taskClassDenial(caller, key);
    return taskClass == null ? frozen(caller.who(), at) : taskClass;
  }

  private static @Nullable Denial taskClassDenial(Caller caller, VirtualKey key) {
    String taskClass = Objects.requireNonNullElse(caller.who().taskClass(), "");
    return key.taskClasses().isEmpty() || key.taskClasses().contains(taskClass)
        ? null
        : denied(key, Reason.TASK_CLASS_NOT_ALLOWED, taskClass, key.taskClasses());
  }

  /** Returns what stands against a request that names no model; null if nothing does. */
  @Nullable Denial denial(Caller caller, boolean billable, Instant at) {
    VirtualKey key = caller.key();
    if (caller.denial() != null) {
      return caller.denial();
    }
    if (key != null && billable && !key.models().isEmpty()) {
      return denied(key, Reason.MODEL_NOT_ALLOWED, UNREAD, key.models());
    }
    Denial taskClass = key == null || !billable ? null : taskClassDenial(caller, key);
    return taskClass == null ? frozen(caller.who(), at) : taskClass;
  }

  /** Returns what stands against a call by now that nothing stood against before; null if nothing does. */
  @Nullable Denial again(CallIntent intent, Attribution who, ModelId model, Instant at) {
    Credential credential = intent.credential();
    return credential == null || !credential.isVirtualKey()
        ? frozen(who, at)
        : denial(
            identification.of(intent.attribution(), credential, at).ofTaskClass(who.taskClass()),
            model,
            intent.alternatives(),
            at);
  }

  /** Returns the freeze that stops a call; null if there is none. */
  @Nullable Denial frozen(Attribution who, Instant at) {
    Freeze freeze = freezes.stopping(who, () -> budgets.lineage(who, at));
    return freeze == null ? null : frozen(who, freeze);
  }

  private static Denial frozen(Attribution who, Freeze freeze) {
    return new Denial(
        Reason.FROZEN,
        Objects.requireNonNullElse(who.key(), ""),
        null,
        freeze.target() + " was frozen by " + freeze.by() + ": " + freeze.why());
  }

  private static Denial denied(VirtualKey key, Reason reason, String what, List<String> allowed) {
    return new Denial(
        reason, key.name(), key.owner(), what + "; allowed: " + String.join(", ", allowed));
  }
}
