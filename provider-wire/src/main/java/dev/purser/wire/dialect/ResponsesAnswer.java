package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses: usage, tier and tools of the last event of a stream, which holds the whole response;
 * of one that was cut, the text that was written and the tools that were used.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses-streaming">the events</a>
 */
final class ResponsesAnswer extends FindingsReader {

  private static final String[] OF_RESPONSE = {
    "id",
    "model",
    "service_tier",
    "usage",
    "error",
    "status",
    "incomplete_details.reason",
    "tool_usage",
    "output.type",
    "output.action.type",
    "output.container_id",
    "output.size",
    "output.quality"
  };

  /** The last event repeats the text of those before it. */
  private static final Pick PICK = Pick.of(Stream.of(
              Stream.of(OF_RESPONSE),
              Stream.of(OF_RESPONSE).map(field -> "response." + field),
              Stream.of("type", "code", "item.type", "item.action.type", "item.container_id"),
              Stream.of("item.size", "item.quality"))
          .flatMap(each -> each)
          .toArray(String[]::new))
      .showing("delta", "output.content.text", "output.arguments", "output.input");

  private static final Set<String> LAST = Set.of(
      "response.completed",
      "response.incomplete",
      "response.failed",
      "response.cancelled",
      "response.done");

  private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

  private final @Nullable String provider;
  private final ImageTool images;
  private final ToolUse soFar = new ToolUse();

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param images the tool that makes pictures
   */
  ResponsesAnswer(@Nullable String provider, ImageTool images) {
    super(new Findings(provider), PICK);
    this.provider = provider;
    this.images = images;
  }

  @Override
  public void read(JsonNode piece) {
    String type = piece.path("type").asText("");
    JsonNode response = piece.path("response");
    boolean untyped = type.isEmpty() || piece.has("usage") || piece.has("output");
    if (untyped) { // not streamed
      whole(piece);
    } else if (response.isObject()) {
      if (LAST.contains(type)) {
        whole(response);
        findings.over();
      } else {
        head(response);
      }
    } else if (type.equals("error")) {
      findings.error(piece);
    } else {
      item(piece.path("item"), type.endsWith(".done"));
    }
  }

  private void head(JsonNode response) {
    findings.id(response.path("id"));
    findings.model(response.path("model"));
    findings.serviceTier(response.path("service_tier"));
  }

  private void item(JsonNode item, boolean done) {
    if (ToolUse.hides(item)) {
      findings.hidden();
    }
    if (done && soFar.add(item)) {
      findings.usageSoFar(soFar.on(Usage.NONE), false, false);
    }
  }

  private void whole(JsonNode response) {
    head(response);
    JsonNode fault = response.path("error");
    if (fault.isObject() || fault.isTextual()) {
      findings.error(fault);
    }
    finished(response);
    ToolUse all = new ToolUse();
    for (JsonNode each : response.path("output")) {
      if (ToolUse.hides(each)) {
        findings.hidden();
      }
      all.add(each);
    }
    JsonNode stated = response.path("usage");
    if (ChatUsage.says(stated) && !stated.isMissingNode() && !stated.isNull()) {
      all.orMore(soFar);
      all.told(response, stated);
      findings.usage(all.on(ChatUsage.read(stated, provider)));
      findings.besides(images.used(response, findings));
      findings.cost(ProviderCost.of(provider, stated));
    }
  }

  /** Why it is incomplete says more than that it is; one that is still made has not finished. */
  private void finished(JsonNode response) {
    JsonNode status = response.path("status");
    JsonNode why = response.path("incomplete_details").path("reason");
    if (!UNFINISHED.contains(status.asText())) {
      findings.notes().finished(why.isTextual() ? why : status);
    }
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }
}
