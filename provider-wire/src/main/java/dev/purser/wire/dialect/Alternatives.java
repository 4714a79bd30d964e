package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.wire.host.ModelOwner;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The further models that a gateway may let answer a request, because the request itself says so.
 *
 * @see <a href="https://openrouter.ai/docs/guides/routing/model-fallbacks">OpenRouter: {@code models}</a>
 * @see <a href="https://docs.litellm.ai/docs/proxy/client_side_fallbacks">LiteLLM: {@code
 *     fallbacks}</a>
 * @see <a href="https://www.mintlify.com/helicone/helicone/gateway/fallbacks">Helicone: models with commas
 *     between</a>
 */
final class Alternatives {

  /** The fields that name them, each a list of names or of objects that hold one. */
  static final List<String> FIELDS =
      List.of("models", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks");

  /** Whoever sends one of these leaves it to the gateway who answers. */
  private static final List<String> HEADERS = List.of("x-portkey-config", "Helicone-Fallbacks");

  private static final String UNREADABLE = "";

  private final @Nullable String knownProvider;
  private final Set<ModelId> found = new LinkedHashSet<>();

  private Alternatives(@Nullable String knownProvider) {
    this.knownProvider = knownProvider;
  }

  /**
   * Returns them; one with an empty name stands for all that cannot be read.
   *
   * @param deployment what the path names, which is what Azure goes by whatever the body says; else
   *     empty
   */
  static List<ModelId> of(
      JsonBody body,
      Function<String, @Nullable String> headers,
      @Nullable String knownProvider,
      String model,
      String deployment) {
    Alternatives alternatives = new Alternatives(knownProvider);
    if (!deployment.isEmpty() && !deployment.equals(model)) {
      alternatives.add(deployment);
    }
    if (model.indexOf(',') >= 0) {
      for (String each : model.split(",", -1)) {
        alternatives.add(each.strip());
      }
    }
    for (String field : FIELDS) {
      body.all(field).forEach(alternatives::read);
    }
    for (String header : HEADERS) {
      if (headers.apply(header) != null) {
        alternatives.add(UNREADABLE);
      }
    }
    return List.copyOf(alternatives.found);
  }

  private void read(JsonSlice field) {
    if (field.isNull()) {
      return;
    }
    boolean whole = field.isArray() && field.each((none, one) -> add(name(one)));
    if (!whole) {
      add(UNREADABLE);
    }
  }

  /** An object may say more, such as other messages; LiteLLM's own lists by model are not read. */
  private static String name(JsonSlice one) {
    JsonSlice named = one.isObject() ? one.fields().get("model") : one;
    String text = named == null ? null : named.text();
    return text == null ? UNREADABLE : text;
  }

  private void add(String name) {
    found.add(ModelId.of(ModelOwner.of(knownProvider, name), name));
  }
}
