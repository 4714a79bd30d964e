package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google's interactions, with models and with agents. What was said in the interaction before is read
 * again, and its size is not known.
 *
 * @see <a href="https://ai.google.dev/api/interactions-api">Interactions API</a>
 */
final class GeminiInteractions extends NamedDialect {

  private static final Pattern ANYWHERE = Pattern.compile(".*/v1(?:beta)?/interactions");
  private static final CapPlace CAP = CapPlace.of("generation_config.max_output_tokens");
  private static final Set<String> SEARCHES = Set.of("google_search", "google_maps");

  GeminiInteractions() {
    super("gemini.interactions", ErrorShape.GOOGLE);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    if (!method.equals("POST") || !path.endsWith("/interactions")) {
      return false;
    }
    String provider = Hosts.providerOf(host);
    return provider == null ? ANYWHERE.matcher(path).matches() : provider.equals("google");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    boolean certain = "google".equals(Hosts.providerOf(request.host()));
    if (body == null || (body.last("input") == null && !certain)) {
      return null; // somebody else's API at a path like this
    }
    boolean later = body.isTrue("background") && !body.isTrue("stream");
    String named = body.text("model");
    String agent = body.text("agent");
    String model = named != null ? named : agent == null ? "" : agent;
    String provider = GeminiContent.providerOf(request);
    return JsonCall.builder(this, request, body, head -> new InteractionAnswer(provider, model))
        .model(ModelId.of(provider, model))
        .prompt(prompt(body, model))
        .cap(CAP)
        .unmetered(later ? "the answer is given later" : null)
        .build();
  }

  private static Prompt prompt(JsonBody body, String model) {
    Prompt.Builder prompt = Prompt.builder();
    body.all("input").forEach(input -> InteractionPart.add(input, prompt));
    body.all("system_instruction").forEach(text -> PromptText.add(text, prompt));
    for (String name : new String[] {"tools", "response_format"}) {
      JsonSlice value = body.last(name);
      if (value != null && !value.isNull()) {
        prompt.text(value.raw()).tokens(16);
      }
    }
    JsonSlice tools = body.last("tools");
    if (tools != null && tools.isArray()) {
      boolean[] searches = new boolean[1];
      tools.each((none, tool) -> {
        JsonSlice type = tool.fields().get("type");
        prompt.tools(1);
        searches[0] |= type != null && SEARCHES.contains(String.valueOf(type.text()));
      });
      prompt.fees(UsageKind.WEB_SEARCH, searches[0] ? Grounding.most(model) : 0);
    }
    JsonSlice before = body.last("previous_interaction_id");
    if (before != null && before.isString()) {
      prompt.media(ChatPart.UNKNOWN);
    }
    return prompt.build();
  }
}
