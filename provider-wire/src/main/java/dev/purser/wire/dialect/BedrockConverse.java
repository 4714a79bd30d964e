package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's API for all models alike.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">the API
 *     reference</a>
 */
final class BedrockConverse extends NamedDialect {

  private static final CapPlace CAP = CapPlace.of("inferenceConfig.maxTokens");

  BedrockConverse() {
    super("bedrock.converse", ErrorShape.MESSAGE);
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && read(path) != null;
  }

  private static @Nullable BedrockPath read(String path) {
    BedrockPath place = BedrockPath.read(path);
    return place != null && place.action().matches("converse(-stream)?") ? place : null;
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    BedrockPath place = read(request.path());
    JsonBody body = JsonBody.read(request.body());
    Prompt prompt = body == null ? null : ConversePrompt.read(body);
    if (place == null || body == null || prompt == null) {
      return null;
    }
    boolean thinks = thinks(body);
    return JsonCall.builder(this, request, body, head -> new ConverseAnswer(thinks))
        .model(place.modelId())
        .cap(CAP)
        .prompt(prompt)
        .stream(place.stream())
        .serviceTier(tier(body))
        .build();
  }

  /** Claude is asked by {@code thinking}, Nova by {@code reasoningConfig}. */
  private static boolean thinks(JsonBody body) {
    for (String name : new String[] {"thinking", "reasoningConfig", "reasoning_config"}) {
      JsonSlice asked = body.at("additionalModelRequestFields", name, "type");
      if (asked != null && !"disabled".equals(asked.text())) {
        return true;
      }
    }
    return false;
  }

  /** Lower latency has prices of its own, as a tier has. */
  private static @Nullable String tier(JsonBody body) {
    String tier = body.text("serviceTier", "type");
    boolean optimized = "optimized".equals(body.text("performanceConfig", "latency"));
    return tier == null && optimized ? "optimized" : tier;
  }
}
