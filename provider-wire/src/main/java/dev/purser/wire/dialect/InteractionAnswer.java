package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.wire.Meter;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.Set;

/**
 * Reads answers to interactions: an object, or events of which the last holds it. What was thought is
 * never shown, so that of a stream that was cut only the cap is certain.
 */
final class InteractionAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "id",
          "model",
          "service_tier",
          "usage",
          "error",
          "status",
          "event_type",
          "interaction.id",
          "interaction.model",
          "interaction.service_tier",
          "interaction.usage",
          "interaction.status",
          "interaction.error")
      .showing(
          "delta.text", "delta.arguments", "outputs.text", "steps.content.text", "steps.arguments");

  private static final Set<String> LAST =
      Set.of("interaction.completed", "interaction.complete", "interaction.failed");

  private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

  private String model;
  private boolean stated;
  private boolean error;

  /**
   * Creates a reader.
   *
   * @param model the model or agent asked for
   */
  InteractionAnswer(String provider, String model) {
    super(new Findings(provider), PICK);
    this.model = model;
  }

  @Override
  public void read(JsonNode piece) {
    interaction(piece);
    interaction(piece.path("interaction"));
    if (LAST.contains(piece.path("event_type").asText())) {
      findings.over();
    }
  }

  private void interaction(JsonNode said) {
    findings.id(said.path("id"));
    findings.model(said.path("model"));
    model = said.path("model").isTextual() ? said.path("model").textValue() : model;
    if (!said.path("service_tier")
        .asText()
        .equals("standard")) { // which is what no word means, too
      findings.serviceTier(said.path("service_tier"));
    }
    JsonNode fault = said.path("error");
    if (fault.isObject() || fault.isTextual()) {
      error = true;
      findings.error(fault);
    }
    if (!UNFINISHED.contains(said.path("status").asText())) {
      findings.notes().finished(said.path("status"));
    }
    JsonNode usage = said.path("usage");
    if (InteractionUsage.says(usage)) {
      stated = true;
      Usage read = InteractionUsage.read(usage, model);
      findings.usage(read);
      findings.usageSoFar(read, true, true);
    }
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }

  @Override
  public Meter.Reading reading(State state) {
    boolean silentError = error && !findings.visible().any();
    findings.hidden(!stated && !silentError);
    return findings.reading(state);
  }
}
