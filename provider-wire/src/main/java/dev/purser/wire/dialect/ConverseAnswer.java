package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.List;

/**
 * Reads what models answered to {@link BedrockConverse}: one object, or a stream whose last event,
 * {@code metadata}, states the usage. A prompt router says which model it chose.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html">AWS:
 *     {@code ConverseStream}</a>
 */
final class ConverseAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "usage",
          "stopReason",
          "messageStop.stopReason",
          "serviceTier.type",
          "performanceConfig.latency",
          "trace.promptRouter.invokedModelId",
          "metadata.usage",
          "metadata.serviceTier.type",
          "metadata.performanceConfig.latency",
          "metadata.trace.promptRouter.invokedModelId",
          "exception.message",
          "error.message")
      .showing(
          "output.message.content.text",
          "output.message.content.toolUse.input",
          "contentBlockStart.start.toolUse.name",
          "contentBlockDelta.delta.text",
          "contentBlockDelta.delta.toolUse.input",
          "contentBlockDelta.delta.reasoningContent.text",
          "contentBlockDelta.delta.reasoningContent.redactedContent");

  /**
   * Creates a reader.
   *
   * @param thinks whether the model was asked to think, of which a stream may show a summary
   */
  ConverseAnswer(boolean thinks) {
    super(new Findings("aws"), PICK);
    if (thinks) {
      findings.hidden();
    }
  }

  @Override
  public void read(JsonNode piece) {
    if (piece.has("exception") || piece.has("error")) {
      findings.error();
    }
    findings.notes().finished(piece.path("stopReason"));
    findings.notes().finished(piece.path("messageStop").path("stopReason"));
    JsonNode facts = piece.has("metadata") ? piece.path("metadata") : piece;
    JsonNode usage = facts.path("usage");
    List<JsonNode> sources = List.of(usage);
    if (BedrockUsage.saysInput(sources) && BedrockUsage.saysOutput(sources)) {
      findings.usage(BedrockUsage.read(sources));
      if (piece.has("metadata")) {
        findings.over();
      }
    }
    findings.serviceTier(facts.path("serviceTier").path("type"));
    if (facts.path("performanceConfig").path("latency").asText().equals("optimized")) {
      findings.serviceTier(facts.path("performanceConfig").path("latency"));
    }
    String routed =
        facts.path("trace").path("promptRouter").path("invokedModelId").asText("");
    if (!routed.isEmpty()) {
      findings.model(TextNode.valueOf(routed.substring(routed.lastIndexOf('/') + 1)));
    }
  }
}
