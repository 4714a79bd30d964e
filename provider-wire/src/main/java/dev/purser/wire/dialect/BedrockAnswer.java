package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.purser.api.Usage;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what models other than Claude answered to {@link BedrockInvoke}. Counts are taken where the
 * family states them, else from Bedrock's own, which come with the last chunk of a stream, else from the
 * headers. A stream's counts grow: the last value that is not null holds.
 */
final class BedrockAnswer extends FindingsReader {

  private static final String METRICS = "amazon-bedrock-invocationMetrics";

  private static final Pick PICK = Pick.of(
          "id",
          "model",
          "usage",
          "metadata.usage",
          "prompt_token_count",
          "generation_token_count",
          "inputTextTokenCount",
          "totalOutputTextTokenCount",
          "results.tokenCount",
          "results.completionReason",
          "stop_reason",
          "stopReason",
          "finish_reason",
          "messageStop.stopReason",
          "choices.finish_reason",
          "choices.stop_reason",
          "outputs.stop_reason",
          "generations.finish_reason",
          "completions.finishReason.reason",
          "exception.message",
          METRICS)
      .showing(
          "text",
          "generation",
          "outputText",
          "completion",
          "generations.text",
          "outputs.text",
          "results.outputText",
          "completions.data.text",
          "choices.text",
          "choices.delta.content",
          "choices.delta.reasoning_content",
          "choices.delta.reasoning",
          "choices.delta.tool_calls",
          "choices.message.content",
          "choices.message.reasoning_content",
          "choices.message.tool_calls",
          "output.message.content.text",
          "contentBlockDelta.delta.text",
          "contentBlockDelta.delta.toolUse.input",
          "contentBlockDelta.delta.reasoningContent.text");

  private static final String[] OWN = {
    "prompt_token_count",
    "generation_token_count",
    "inputTextTokenCount",
    "totalOutputTextTokenCount"
  };

  private final boolean wordless;
  private final boolean streamed;
  private final ObjectNode own = JsonNodeFactory.instance.objectNode();
  private final ObjectNode metrics = JsonNodeFactory.instance.objectNode();
  private final JsonNode headers;
  private @Nullable JsonNode chat;

  BedrockAnswer(BedrockFamily family, AnswerHead head, boolean streamed) {
    super(new Findings("aws"), PICK);
    this.streamed = streamed;
    wordless = family == BedrockFamily.WORDLESS;
    headers = BedrockUsage.ofHeaders(head.headers());
    String tier = head.headers().apply("X-Amzn-Bedrock-Service-Tier");
    if (tier != null) {
      findings.serviceTier(TextNode.valueOf(tier));
    }
  }

  @Override
  public void read(JsonNode piece) {
    if (piece.has("exception")) {
      findings.error();
    }
    findings.id(piece.path("id"));
    findings.model(piece.path("model"));
    BedrockReasons.read(piece, findings.notes());
    for (String name : OWN) {
      set(name, piece.path(name));
    }
    results(piece.path("results"));
    usage(piece.path("usage"));
    usage(piece.path("metadata").path("usage"));
    JsonNode last = piece.path(METRICS);
    if (last.isObject()) {
      metrics.setAll((ObjectNode) last);
    }
    if (BedrockUsage.saysInput(sources())) {
      findings.usageSoFar(stated(), true, BedrockUsage.saysOutput(sources()));
    }
    if (!metrics.isEmpty()) {
      settle();
      findings.over();
    }
  }

  private void set(String name, JsonNode value) {
    if (Counts.isStated(value)) {
      own.set(name, value);
    }
  }

  /** Titan states the output of each answer apart; the sum is a double as its parts are. */
  private void results(JsonNode results) {
    double sum = 0;
    boolean any = false;
    for (JsonNode each : results) {
      JsonNode count = each.path("tokenCount");
      any |= count.isNumber();
      sum += count.asDouble();
    }
    if (any) {
      own.put("outputTokens", sum);
    }
  }

  private void usage(JsonNode usage) {
    if (ChatUsage.says(usage) && usage.isObject()) {
      chat = usage;
    } else {
      usage.properties().forEach(each -> set(each.getKey(), each.getValue()));
    }
  }

  private List<JsonNode> sources() {
    return List.of(own, metrics, headers);
  }

  private @Nullable Usage stated() {
    return chat == null ? BedrockUsage.read(sources()) : ChatUsage.read(chat);
  }

  private void settle() {
    List<JsonNode> sources = sources();
    if (chat != null
        || (BedrockUsage.saysInput(sources) && (wordless || BedrockUsage.saysOutput(sources)))) {
      findings.usage(stated());
    }
  }

  @Override
  public Meter.Reading reading(State state) {
    if (state == State.COMPLETE && streamed && metrics.isEmpty()) {
      return findings.reading(State.CUT); // it ended between two messages, and before the last
    }
    if (state == State.COMPLETE) {
      settle();
    }
    return findings.reading(state);
  }
}
