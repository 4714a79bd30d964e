package dev.purser.core.pipeline;

import dev.purser.api.ModelId;
import dev.purser.api.SeenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import org.jspecify.annotations.Nullable;

/** What an answer is taken to have used that did not say it. */
final class Estimate {

  private Estimate() {}

  /**
   * Returns the usage to charge: what was stated, and where nothing was stated the bound of the input
   * and of the fees, and what could be seen of the output. Never more output than was reserved.
   *
   * @param bound what was reserved
   * @param model the model that was called; another one may have answered in its place
   * @return null where more may have been written than can be seen
   */
  static @Nullable Usage of(SeenUsage seen, Usage bound, ModelId model) {
    ModelId answered = seen.answeredBy();
    boolean hidden = seen.hidden()
        || ReasoningModels.thinks(model)
        || (answered != null && ReasoningModels.thinks(answered));
    if (hidden && !seen.outputStated()) {
      return null;
    }
    Usage.Builder usage = seen.stated().toBuilder();
    for (UsageKind kind : UsageKind.values()) {
      if (!isStated(kind, seen)) {
        usage.add(kind, Math.max(0, bound.count(kind) - seen.stated().count(kind)));
      }
    }
    long room = Math.max(0, bound.outputTokens() - seen.stated().outputTokens());
    return usage.add(UsageKind.OUTPUT, Math.min(room, seen.visibleTokens())).build();
  }

  /**
   * Whether a count is final, also where it is zero. Fees are told with the output, at the end: before
   * it a provider may have searched more than it has said. The fee of the call itself is priced with
   * any usage, and output goes by what was seen.
   */
  private static boolean isStated(UsageKind kind, SeenUsage seen) {
    if (kind.isInput()) {
      return seen.inputStated();
    }
    return kind.isOutput() || kind == UsageKind.REQUEST || seen.outputStated();
  }
}
