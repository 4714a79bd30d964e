package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.purser.api.ModelUsage;
import dev.purser.api.Usage;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the results of a batch. Requests that failed or expired have no usage, and cost nothing. What
 * was read of an answer that is cut is charged, and the rest whenever it is read again.
 */
final class AnthropicBatchReader extends FindingsReader {

  private static final Pick PICK = Pick.of("result.message.model", "result.message.usage", "error");

  /** More than one batch asks for; further ones count as the first. */
  private static final int MOST_MODELS = 64;

  private final Map<String, Usage.Builder> sums = new LinkedHashMap<>();
  private boolean plausible = true;
  private boolean malformed;

  AnthropicBatchReader(@Nullable String provider, String batch) {
    super(new Findings(provider), PICK);
    findings.id(TextNode.valueOf(batch));
    findings.serviceTier(TextNode.valueOf("batch"));
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {}

  @Override
  public void read(JsonNode line) {
    JsonNode message = line.path("result").path("message");
    JsonNode usage = message.path("usage");
    if (AnthropicUsage.says(usage)) {
      result(message, usage);
    }
    settle();
  }

  private void result(JsonNode message, JsonNode usage) {
    String model = message.path("model").asText("");
    AnthropicBill bill = AnthropicBill.read(usage, model, findings::modelId);
    Usage own = bill.usage();
    if (own == null) {
      plausible = false;
    } else {
      add(model, own);
    }
    bill.others().forEach(each -> add(each.model().name(), each.usage()));
    if (sums.size() == 1) {
      findings.model(message.path("model"));
    }
    String region = AnthropicBill.region(usage);
    if (region != null) {
      findings.region(region); // of one line, and then of all: too much rather than too little
    }
  }

  private void add(String model, Usage usage) {
    String known = sums.containsKey(model) || sums.size() < MOST_MODELS
        ? model
        : sums.keySet().iterator().next();
    AnthropicBill.add(usage, sums.computeIfAbsent(known, first -> Usage.builder()));
  }

  /** What the first model used is the usage, what the others did comes besides. */
  private void settle() {
    List<ModelUsage> all = new ArrayList<>();
    sums.forEach((model, sum) -> all.add(new ModelUsage(findings.modelId(model), sum.build())));
    Usage first = all.isEmpty() ? Usage.NONE : all.remove(0).usage();
    findings.besides(all);
    findings.usageSoFar(first, true, true);
    findings.usage(plausible && (!malformed || !sums.isEmpty()) ? first : null);
  }

  @Override
  public void malformed() {
    malformed = true; // what such a line said nobody knows; the others are billed all the same
    findings.malformed();
    settle();
  }
}
