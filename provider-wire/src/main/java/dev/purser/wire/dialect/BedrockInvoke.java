package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's way to the API of each family of models.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html">the
 *     API reference</a>
 */
final class BedrockInvoke extends NamedDialect {

  private static final String TIER = "X-Amzn-Bedrock-Service-Tier";
  private static final String LATENCY = "X-Amzn-Bedrock-PerformanceConfig-Latency";

  BedrockInvoke() {
    super("bedrock.invoke", ErrorShape.MESSAGE);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && read(path) != null;
  }

  private static @Nullable BedrockPath read(String path) {
    BedrockPath place = BedrockPath.read(path);
    return place != null && place.action().matches("invoke(-with-response-stream)?") ? place : null;
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    BedrockPath place = read(request.path());
    JsonBody body = JsonBody.read(request.body());
    if (place == null || body == null) {
      return null;
    }
    BedrockFamily family = BedrockFamily.of(place.model(), body);
    Prompt prompt = BedrockPrompt.read(family, body);
    if (prompt == null) {
      return null;
    }
    boolean thinks = AnthropicThinking.asked(body);
    String tier = request.headers().apply(TIER);
    boolean optimized = "optimized".equals(request.headers().apply(LATENCY));
    return JsonCall.builder(
            this, request, body, head -> answer(family, head, thinks, place.stream()))
        .model(place.modelId())
        .cap(family.cap())
        .alongside((splice, tokens) -> AnthropicThinking.fit(body, splice, tokens))
        .prompt(prompt)
        .stream(place.stream())
        .choices(choices(body))
        .serviceTier(tier == null && optimized ? "optimized" : tier)
        .build();
  }

  private static AnswerReader answer(
      BedrockFamily family, AnswerHead head, boolean thinks, boolean streamed) {
    return family == BedrockFamily.CLAUDE
        ? new AnthropicAnswer("aws", "", thinks, false)
        : new BedrockAnswer(family, head, streamed);
  }

  /** Each family has a name of its own for it. */
  private static int choices(JsonBody body) {
    int choices = 1;
    for (String name : new String[] {"n", "num_generations", "numResults"}) {
      choices = Math.max(choices, body.largestCount(name));
    }
    return choices;
  }
}
