package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.Set;

/**
 * Reads answers of Cohere's: one object, lines of JSON that end with {@code stream-end}, or events that
 * end with {@code message-end}. No answer names its model.
 */
final class CohereAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "id",
          "generation_id",
          "type",
          "event_type",
          "is_finished",
          "finish_reason",
          "usage",
          "meta",
          "delta.usage",
          "delta.finish_reason",
          "response.id",
          "response.generation_id",
          "response.meta")
      .showing(
          "text",
          "message.content.text",
          "message.content.thinking",
          "message.tool_plan",
          "message.tool_calls",
          "delta.message.content.text",
          "delta.message.content.thinking",
          "delta.message.tool_plan",
          "delta.message.tool_calls",
          "tool_call_delta",
          "tool_calls");

  /** How Cohere says that it broke off; what had been written by then is billed. */
  private static final Set<String> FAULTS = Set.of("ERROR", "ERROR_LIMIT", "ERROR_TOXIC");

  CohereAnswer(String provider) {
    super(new Findings(provider), PICK);
  }

  @Override
  public void read(JsonNode piece) {
    JsonNode response = piece.path("response");
    findings.id(piece.path("generation_id"));
    findings.id(piece.path("id"));
    findings.id(response.path("generation_id"));
    findings.id(response.path("id"));
    JsonNode delta = piece.path("delta");
    boolean end = piece.path("type").asText().equals("message-end")
        || piece.path("event_type").asText().equals("stream-end")
        || piece.path("is_finished").asBoolean();
    boolean usage = false;
    for (JsonNode stated : new JsonNode[] {
      piece.path("usage"), piece.path("meta"), delta.path("usage"), response.path("meta")
    }) {
      usage |= usage(stated);
    }
    String reason =
        piece.path("finish_reason").asText(delta.path("finish_reason").asText());
    findings.notes().finished(piece.path("finish_reason"));
    findings.notes().finished(delta.path("finish_reason"));
    if (FAULTS.contains(reason) && !usage) {
      findings.error();
    }
    if (end) {
      findings.over();
    }
  }

  private boolean usage(JsonNode stated) {
    boolean says = CohereUsage.says(stated);
    if (says) {
      findings.usage(CohereUsage.read(stated));
    }
    return says;
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }
}
