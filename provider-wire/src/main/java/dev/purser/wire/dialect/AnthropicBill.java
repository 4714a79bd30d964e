package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message costs in all. Its {@code usage} counts what the answering model read and wrote; {@code
 * iterations} tell the rest: {@code compaction} is work of the same model that the sums above leave out,
 * {@code advisor_message} is work of another, and where a model declined and another took over, {@code
 * message} is also what the first one did.
 *
 * <p>A model that declines before it has written anything bills nothing for it (Anthropic, release notes
 * of the API, 2 June 2026).
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback">Anthropic:
 *     refusals and fallback</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/compaction">Anthropic:
 *     compaction</a>
 */
final class AnthropicBill {

  /** What makes a dated name of an alias. */
  private static final Pattern DATE = Pattern.compile("[-@]\\d{8}");

  private final String answeredBy;
  private final Function<String, ModelId> ids;
  private final List<ModelUsage> others = new ArrayList<>();
  private final Usage.Builder own = Usage.builder();
  private final Usage.Builder compaction = Usage.builder();
  private @Nullable Usage top;
  private boolean plausible = true;
  private boolean declined;

  private AnthropicBill(String answeredBy, Function<String, ModelId> ids) {
    this.answeredBy = answeredBy;
    this.ids = ids;
  }

  /**
   * Reads the whole usage of a message.
   *
   * @param answeredBy the name of the model that answered, empty if it is not known
   * @param ids makes the ids of other models
   */
  static AnthropicBill read(JsonNode usage, String answeredBy, Function<String, ModelId> ids) {
    AnthropicBill bill = new AnthropicBill(answeredBy, ids);
    bill.top = AnthropicUsage.read(usage);
    for (JsonNode each : usage.path("iterations")) {
      bill.iteration(each);
    }
    return bill;
  }

  /** Takes the whole usage of a message for all there is to settle. */
  static void settle(JsonNode usage, String answeredBy, Findings findings) {
    AnthropicBill bill = read(usage, answeredBy, findings::modelId);
    findings.besides(bill.others);
    findings.usage(bill.usage());
  }

  /** Returns what other models used. */
  List<ModelUsage> others() {
    return others;
  }

  /**
   * Returns what the answering model used, or null if what is stated cannot be. Where a model declined,
   * only the entries say for certain which of them used what.
   */
  @Nullable Usage usage() {
    Usage stated = top;
    if (stated == null || !plausible) {
      return null;
    }
    Usage.Builder sum = Usage.builder();
    if (declined) {
      add(own.build(), sum);
      sum.add(UsageKind.WEB_SEARCH, stated.count(UsageKind.WEB_SEARCH));
    } else {
      add(stated, sum);
    }
    add(compaction.build(), sum);
    return sum.build();
  }

  private void iteration(JsonNode entry) {
    Usage usage = AnthropicUsage.read(entry);
    if (usage == null) {
      plausible = false;
      return;
    }
    String model = entry.path("model").asText("");
    switch (entry.path("type").asText()) {
      case "compaction" -> add(usage, compaction);
      case "message", "fallback_message" -> attempt(model, usage);
      case "advisor_message" -> other(model, usage);
      default -> {
        // Of what kind the next one is nobody knows; but another model's is not counted above.
        if (!isAnswering(model)) {
          other(model, usage);
        }
      }
    }
  }

  private void attempt(String model, Usage usage) {
    if (isAnswering(model)) {
      add(usage, own);
      return;
    }
    declined = true;
    if (usage.outputTokens() > 0) {
      other(model, usage);
    }
  }

  private void other(String model, Usage usage) {
    if (isAnswering(model)) {
      add(usage, compaction);
    } else {
      others.add(new ModelUsage(ids.apply(model), usage));
    }
  }

  /** An entry without a name is one of the answering model; one of the two may be an alias. */
  private boolean isAnswering(String model) {
    return model.isEmpty()
        || answeredBy.isEmpty()
        || model.equals(answeredBy)
        || isDated(model, answeredBy)
        || isDated(answeredBy, model);
  }

  private static boolean isDated(String name, String alias) {
    return name.startsWith(alias)
        && DATE.matcher(name.substring(alias.length())).matches();
  }

  /** Adds all kinds of a usage to a sum. */
  static void add(Usage usage, Usage.Builder to) {
    for (UsageKind kind : UsageKind.values()) {
      to.add(kind, usage.count(kind));
    }
  }

  /** Returns the region that the provider bills for, as it states it. */
  static @Nullable String region(JsonNode usage) {
    return region(usage.path("inference_geo").textValue());
  }

  /** Returns the region if it is one that is chosen: {@code global} is the listed price. */
  static @Nullable String region(@Nullable String stated) {
    return stated == null || stated.equals("global") || stated.equals("not_available")
        ? null
        : stated;
  }
}
