package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tool by which a response makes pictures, with a model of its own whose tokens are not in the usage.
 *
 * @param model the model's name, as the request or the documentation says
 * @see <a href="https://platform.openai.com/docs/guides/tools-image-generation">OpenAI: image generation
 *     as a tool</a>
 */
record ImageTool(String model) {

  private static final String TYPE = "image_generation";
  private static final String DEFAULT_MODEL = "gpt-image-1";

  /** Returns the tool of a request. */
  static ImageTool of(JsonBody body) {
    String[] model = {DEFAULT_MODEL};
    JsonSlice tools = body.last("tools");
    if (tools != null && tools.isArray()) {
      tools.each((none, tool) -> {
        Map<String, JsonSlice> fields = tool.fields();
        String named = text(fields.get("model"));
        if (TYPE.equals(text(fields.get("type"))) && named != null) {
          model[0] = named;
        }
      });
    }
    return new ImageTool(model[0]);
  }

  private static @Nullable String text(@Nullable JsonSlice value) {
    return value == null ? null : value.text();
  }

  /**
   * Returns what the pictures of a response used; nothing if it made none. Where it counts no tokens for
   * them, they are what the sizes of the pictures take.
   */
  List<ModelUsage> used(JsonNode response, Findings findings) {
    JsonNode counted = response.path("tool_usage").path("image_gen");
    Usage usage = counted.isObject() ? ImageUsage.read(counted) : drawn(response.path("output"));
    return usage == null || usage.equals(Usage.NONE)
        ? List.of()
        : List.of(new ModelUsage(findings.modelId(model), usage));
  }

  private static Usage drawn(JsonNode output) {
    long tokens = 0;
    for (JsonNode item : output) {
      if (item.path("type").asText("").equals("image_generation_call")) {
        tokens +=
            ImageTokens.of(item.path("quality").asText(""), item.path("size").asText(""));
      }
    }
    return Usage.builder().add(UsageKind.OUTPUT_IMAGE, tokens).build();
  }
}
