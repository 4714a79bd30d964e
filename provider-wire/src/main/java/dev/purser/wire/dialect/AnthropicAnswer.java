package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages. A stream states its usage in {@code message_start} and again, cumulatively, in {@code
 * message_delta}: of each field the last value that is not null holds, and none is added to another.
 *
 * <p>What a stream had written when it was cut is more than can be seen if the model thinks, or if tools
 * run at the provider's: then it reads its prompt again after each.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">Anthropic: streaming
 *     messages</a>
 */
final class AnthropicAnswer extends FindingsReader {

  static final Pick PICK = Pick.of(
          "type",
          "id",
          "model",
          "usage",
          "error",
          "message.id",
          "message.model",
          "message.usage",
          "stop_reason",
          "delta.stop_reason",
          "content_block.type")
      .showing(
          "content.text",
          "content.thinking",
          "content.input",
          "content_block.text",
          "delta.text",
          "delta.thinking",
          "delta.partial_json",
          "delta.content");

  private final ObjectNode usage = JsonNodeFactory.instance.objectNode();
  private final @Nullable String provider;
  private final boolean fast;
  private String model;
  private boolean hidden;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param asked the name of the model that was asked for, empty if it is not known
   * @param thinks whether the model was asked to think
   * @param fast whether it was asked to be fast, which an answer that says nothing of its speed was
   */
  AnthropicAnswer(@Nullable String provider, String asked, boolean thinks, boolean fast) {
    super(new Findings(provider), PICK);
    this.provider = provider;
    this.fast = fast;
    model = asked;
    hidden = thinks;
  }

  @Override
  public void read(JsonNode piece) {
    switch (piece.path("type").asText()) {
      case "message_start" -> start(piece.path("message"));
      case "content_block_start" ->
        block(piece.path("content_block").path("type").asText());
      case "message_delta" -> delta(piece);
      case "message_stop" -> findings.over();
      case "error" -> findings.error(piece.path("error"));
      default -> whole(piece);
    }
  }

  private void start(JsonNode message) {
    name(message);
    if (hidden) {
      findings.hidden();
    }
    merge(message.path("usage"));
    if (AnthropicUsage.says(usage)) {
      findings.usageSoFar(AnthropicUsage.read(usage), true, false);
    }
  }

  /** Text and the calls of the caller's own tools are all there is to see of them. */
  private void block(String type) {
    if (!type.equals("text") && !type.equals("tool_use")) {
      hidden = true;
      findings.hidden();
    }
  }

  private void delta(JsonNode piece) {
    findings.notes().finished(piece.path("delta").path("stop_reason"));
    merge(piece.path("usage"));
    if (!AnthropicUsage.says(usage)) {
      return;
    }
    if (piece.path("delta").path("stop_reason").isTextual()) {
      AnthropicBill.settle(usage, model, findings);
    } else {
      findings.usageSoFar(AnthropicUsage.read(usage), true, !hidden);
    }
  }

  /** The message in one piece; or an event of a kind that says nothing of the cost. */
  private void whole(JsonNode piece) {
    JsonNode fault = piece.path("error");
    if (fault.isObject() || fault.isTextual()) {
      findings.error(fault);
    }
    findings.notes().finished(piece.path("stop_reason"));
    if (piece.has("usage")) {
      name(piece);
      merge(piece.path("usage"));
      if (AnthropicUsage.says(usage)) {
        AnthropicBill.settle(usage, model, findings);
      }
    }
  }

  private void name(JsonNode message) {
    findings.id(message.path("id"));
    findings.model(message.path("model"));
    model = message.path("model").asText(model);
  }

  private void merge(JsonNode stated) {
    stated.properties().forEach(each -> {
      if (Counts.isStated(each.getValue())) {
        usage.set(each.getKey(), each.getValue());
      }
    });
    findings.serviceTier(usage.path("service_tier"));
    if (usage
        .path("speed")
        .asText(fast ? AnthropicMessages.FAST : "")
        .equals(AnthropicMessages.FAST)) {
      findings.serviceTier(TextNode.valueOf(AnthropicMessages.FAST));
    }
    findings.cost(ProviderCost.of(provider, usage));
    findings.region(AnthropicBill.region(usage));
  }
}
