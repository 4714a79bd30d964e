package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.purser.api.Usage;
import dev.purser.wire.Meter;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers to generateContent. Usage is cumulative, so that the last one counts: with the Gemini API
 * each event of a stream states it, with Vertex AI the last. A stream ends with the candidates' reasons
 * to finish, or with why the prompt was blocked, which is billed as input.
 *
 * <p>Traffic of provisioned throughput was paid for beforehand; what it would have cost on demand is
 * counted all the same, since a budget measures use.
 */
final class GeminiAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "responseId",
          "modelVersion",
          "usageMetadata",
          "error",
          "promptFeedback.blockReason",
          "candidates.index",
          "candidates.finishReason",
          "candidates.content.parts.inlineData.mimeType",
          "candidates.groundingMetadata.webSearchQueries",
          "candidates.groundingMetadata.imageSearchQueries",
          "candidates.groundingMetadata.groundingChunks.maps.placeId")
      .showing(
          "candidates.content.parts.text",
          "candidates.content.parts.functionCall",
          "candidates.content.parts.executableCode");

  private static final int MOST_CHOICES = 4096;

  private final int choices;
  private final boolean mayThink;
  private boolean outputStated;
  private final BitSet finished = new BitSet();
  private final Grounding grounding = new Grounding();
  private String model;
  private boolean blocked;
  private boolean error;
  private boolean media;
  private boolean stated;
  private @Nullable Usage usage;

  /**
   * Creates a reader.
   *
   * @param model the model asked for
   * @param choices how many candidates were asked for
   * @param mayThink whether the model may have thought without a word of it
   * @param tier the tier that the answer's head states, or null
   */
  GeminiAnswer(
      String provider, String model, int choices, boolean mayThink, @Nullable String tier) {
    super(new Findings(provider), PICK);
    this.model = model;
    this.choices = choices;
    this.mayThink = mayThink;
    tier(tier);
  }

  @Override
  public void read(JsonNode piece) {
    findings.id(piece.path("responseId"));
    model(piece.path("modelVersion"));
    JsonNode fault = piece.path("error");
    if (fault.isObject() || fault.isTextual()) {
      error = true;
      findings.error(fault);
    }
    JsonNode block = piece.path("promptFeedback").path("blockReason");
    if (isNamed(block)) {
      blocked = true;
      findings.notes().finished(block);
    }
    for (JsonNode candidate : piece.path("candidates")) {
      JsonNode reason = candidate.path("finishReason");
      if (isNamed(reason)) {
        findings.notes().finished(reason);
        finished.set(Math.floorMod(candidate.path("index").asInt(0), MOST_CHOICES));
      }
      for (JsonNode part : candidate.path("content").path("parts")) {
        media |= part.has("inlineData");
      }
      grounding.read(candidate.path("groundingMetadata"));
    }
    usage(piece.path("usageMetadata"));
  }

  /** Google's enumerations are names, or numbers above zero where these were asked for. */
  private static boolean isNamed(JsonNode value) {
    return value.isTextual() || value.asInt(0) > 0;
  }

  private void model(JsonNode version) {
    String name = version.textValue();
    if (name != null && !name.isBlank()) {
      model = name.substring(name.lastIndexOf("models/") < 0 ? 0 : name.lastIndexOf('/') + 1);
      findings.model(TextNode.valueOf(model));
    }
  }

  private void usage(JsonNode metadata) {
    tier(metadata.path("serviceTier").textValue());
    tier(
        switch (metadata.path("trafficType").asText()) {
          case "ON_DEMAND_FLEX", "4" -> "flex";
          case "ON_DEMAND_PRIORITY", "3" -> "priority";
          default -> null;
        });
    if (GeminiUsage.says(metadata)) {
      stated = true;
      usage = GeminiUsage.read(metadata);
      boolean output =
          usage != null && (usage.outputTokens() > 0 || GeminiUsage.saysOutput(metadata));
      outputStated = output;
      findings.usageSoFar(billed(), GeminiUsage.saysInput(metadata), output);
    }
  }

  private void tier(@Nullable String stated) {
    String tier = GeminiConfig.tier(stated);
    if (tier != null) {
      findings.serviceTier(TextNode.valueOf(tier));
    }
  }

  private @Nullable Usage billed() {
    return usage == null ? null : grounding.addTo(usage, model);
  }

  @Override
  public Meter.Reading reading(State state) {
    findings.undecided();
    boolean written = findings.visible().any(); // since the last usage
    boolean finishedAll = blocked || finished.cardinality() >= choices;
    boolean whole = state == State.COMPLETE || (finishedAll && !error);
    if (stated && whole && !(written && (state != State.COMPLETE || !outputStated))) {
      findings.usage(billed());
    } else if (state == State.CUT && whole) {
      findings.over(); // all was written, and no count of it came
    }
    boolean silentError = error && !written;
    findings.hidden(!stated && !silentError && (media || mayThink));
    return findings.reading(state);
  }
}
