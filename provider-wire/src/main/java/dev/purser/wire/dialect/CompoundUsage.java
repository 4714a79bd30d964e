package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelUsage;
import dev.purser.api.Usage;
import dev.purser.wire.answer.Findings;
import java.util.ArrayList;
import java.util.List;

/**
 * What the models used that a compound system of Groq's asked, each of which is billed at its own
 * prices; the usual usage beside it is that of one of them.
 *
 * @see <a href="https://console.groq.com/docs/compound">Groq: compound systems and their pricing</a>
 */
final class CompoundUsage {

  private CompoundUsage() {}

  /** Returns what each used; nothing if the answer does not say, or what cannot be. */
  static List<ModelUsage> read(JsonNode piece, Findings findings) {
    JsonNode models = piece.path("usage_breakdown").path("models");
    if (!models.isArray()) {
      models = piece.path("x_groq").path("usage_breakdown").path("models");
    }
    List<ModelUsage> found = new ArrayList<>();
    for (JsonNode each : models) {
      String name = each.path("model").textValue();
      Usage usage = ChatUsage.read(each.path("usage"));
      if (name == null || name.isBlank() || usage == null) {
        return List.of();
      }
      found.add(new ModelUsage(findings.modelId(name), usage));
    }
    return found;
  }
}
