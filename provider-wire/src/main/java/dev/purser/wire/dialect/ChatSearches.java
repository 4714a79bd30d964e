package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The searches of the web that a request in OpenAI's style allows by other means than its tools: by
 * options, by plugins, or by its model. For one thread at a time.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-web-search">OpenAI: web search</a>
 * @see <a href="https://openrouter.ai/docs/features/web-search">OpenRouter: web search, plugins and
 *     {@code :online}</a>
 * @see <a href="https://console.groq.com/docs/compound/systems">Groq: compound calls up to ten tools,
 *     compound-mini one</a>
 * @see <a href="https://docs.perplexity.ai/getting-started/pricing">Perplexity: thirty queries are the
 *     example of deep research</a>
 * @see <a href="https://docs.x.ai/docs/guides/live-search">xAI: live search, twenty sources unless
 *     limited</a>
 */
final class ChatSearches {

  private static final int DEEP_RESEARCH = 30;
  private static final int XAI_SOURCES = 20;

  /** Engines that search once for a request; others are the model's own, which may search again. */
  private static final Set<String> ONCE = Set.of("exa", "firecrawl", "parallel");

  private static final Set<String> SEARCHING_MAKERS =
      Set.of("openai", "anthropic", "x-ai", "perplexity");

  private final JsonBody body;
  private final String model;

  private ChatSearches(JsonBody body) {
    this.body = body;
    String stated = body.text("model");
    model = stated == null ? "" : stated.toLowerCase(Locale.ROOT);
  }

  /** Adds the most that a request may be charged for, and what is found. */
  static void add(JsonBody body, Prompt.Builder prompt) {
    long most = new ChatSearches(body).most();
    if (most > 0) {
      prompt.fees(UsageKind.WEB_SEARCH, most).tokens(AllowedSearches.RESULTS);
    }
  }

  private long most() {
    long most = byModel();
    JsonSlice options = body.last("web_search_options");
    if (most == 0 && options != null && options.isObject() && !isPerplexitys()) {
      most = AllowedSearches.UNLIMITED;
    }
    return Math.max(most, Math.max(byPlugin(), live()));
  }

  private long byModel() {
    String name = model.substring(model.lastIndexOf('/') + 1);
    if (SearchModels.searches(ModelId.of("openai", model))) {
      return 1;
    } else if (name.startsWith("compound")) {
      return name.contains("mini") ? 1 : AllowedSearches.UNLIMITED;
    } else if (name.startsWith("sonar-deep-research")) {
      return DEEP_RESEARCH;
    }
    return model.endsWith(":online") ? plugin(null) : 0;
  }

  /** All of Perplexity's models search, for a fee for the request. */
  private boolean isPerplexitys() {
    return model.substring(model.lastIndexOf('/') + 1).startsWith("sonar");
  }

  private long byPlugin() {
    long[] most = new long[1];
    JsonSlice plugins = body.last("plugins");
    if (plugins != null && plugins.isArray()) {
      plugins.each((none, plugin) -> {
        Map<String, JsonSlice> fields = plugin.fields();
        JsonSlice off = fields.get("enabled");
        boolean disabled = off != null && off.raw().equals("false");
        if ("web".equals(text(fields.get("id"))) && !disabled) {
          most[0] = Math.max(most[0], plugin(text(fields.get("engine"))));
        }
      });
    }
    return most[0];
  }

  private long plugin(@Nullable String engine) {
    String maker = model.substring(0, Math.max(0, model.indexOf('/')));
    boolean chosen = engine != null && !engine.equals("auto");
    boolean once = chosen ? ONCE.contains(engine) : !SEARCHING_MAKERS.contains(maker);
    return once ? 1 : AllowedSearches.UNLIMITED;
  }

  /** xAI's live search, billed by the source. */
  private long live() {
    JsonSlice parameters = body.last("search_parameters");
    if (parameters == null || !parameters.isObject() || "off".equals(mode(parameters))) {
      return 0;
    }
    return AllowedSearches.most(parameters.fields().get("max_search_results"), XAI_SOURCES);
  }

  private static @Nullable String mode(JsonSlice parameters) {
    return text(parameters.fields().get("mode"));
  }

  private static @Nullable String text(@Nullable JsonSlice value) {
    return value == null ? null : value.text();
  }
}
