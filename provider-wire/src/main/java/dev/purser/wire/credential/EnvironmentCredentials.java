package dev.purser.wire.credential;

import static java.util.Map.entry;

import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in environment variables, by the names that the providers' own tools use: {@code
 * OPENAI_API_KEY}, {@code ANTHROPIC_API_KEY}, {@code PORTKEY_API_KEY} and so on. A host that is
 * nobody's that is known, such as that of a LiteLLM proxy, needs a variable of its own:
 *
 * <pre>{@code
 * EnvironmentCredentials.builder()
 *     .host("litellm.acme.dev:4000", "LITELLM_API_KEY")
 *     .build()
 * }</pre>
 *
 * <p>A variable that holds a virtual key is passed over, so that an SDK may read its key from the
 * variable that it always reads; name another for the real one then, by {@link Builder#provider}.
 *
 * <p>Safe for use by several threads.
 */
public final class EnvironmentCredentials implements CredentialSource {

  private static final Map<String, List<String>> USUAL = Map.ofEntries(
      entry("openai", List.of("OPENAI_API_KEY")),
      entry("azure", List.of("AZURE_OPENAI_API_KEY", "AZURE_API_KEY")),
      entry("anthropic", List.of("ANTHROPIC_API_KEY")),
      entry("google", List.of("GEMINI_API_KEY", "GOOGLE_API_KEY")),
      entry("aws", List.of("AWS_BEARER_TOKEN_BEDROCK")),
      entry("mistral", List.of("MISTRAL_API_KEY")),
      entry("cohere", List.of("COHERE_API_KEY", "CO_API_KEY")),
      entry("deepseek", List.of("DEEPSEEK_API_KEY")),
      entry("moonshotai", List.of("MOONSHOT_API_KEY")),
      entry("x-ai", List.of("XAI_API_KEY")),
      entry("groq", List.of("GROQ_API_KEY")),
      entry("openrouter", List.of("OPENROUTER_API_KEY")),
      entry("perplexity", List.of("PERPLEXITY_API_KEY", "PPLX_API_KEY")),
      entry("together", List.of("TOGETHER_API_KEY")),
      entry("cerebras", List.of("CEREBRAS_API_KEY")),
      entry("voyageai", List.of("VOYAGE_API_KEY")),
      entry("fireworks", List.of("FIREWORKS_API_KEY")),
      entry("zai", List.of("ZAI_API_KEY")),
      entry("minimax", List.of("MINIMAX_API_KEY")),
      entry("alibaba", List.of("DASHSCOPE_API_KEY")),
      entry("sambanova", List.of("SAMBANOVA_API_KEY")),
      entry("deepinfra", List.of("DEEPINFRA_API_KEY", "DEEPINFRA_TOKEN")),
      entry("nvidia", List.of("NVIDIA_API_KEY")),
      entry("huggingface", List.of("HF_TOKEN")),
      entry("ai21", List.of("AI21_API_KEY")),
      entry("portkey", List.of("PORTKEY_API_KEY")),
      entry("helicone", List.of("HELICONE_API_KEY")));

  private final Function<String, @Nullable String> variables;
  private final Bindings<List<String>> names;

  /** Reads the usual variables of this process. */
  public EnvironmentCredentials() {
    this(builder());
  }

  private EnvironmentCredentials(Builder builder) {
    variables = builder.variables;
    names = new Bindings<>(builder.names);
  }

  /** Returns a builder that knows the usual variables. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public @Nullable Secret credentialFor(Upstream upstream) {
    List<String> candidates = names.find(upstream);
    if (candidates == null) {
      return null;
    }
    for (String name : candidates) {
      String value = value(variables, name);
      if (value != null) {
        return Secret.of(value);
      }
    }
    return null;
  }

  private static @Nullable String value(Function<String, @Nullable String> variables, String name) {
    String value = variables.apply(name);
    String stripped = value == null ? "" : value.strip();
    return stripped.isEmpty() || KeySecret.isLike(stripped) ? null : stripped;
  }

  /** Renders for whom there are variables, and none of their values. */
  @Override
  public String toString() {
    return "EnvironmentCredentials " + names.names();
  }

  /** Collects names. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, List<String>> names = new HashMap<>(USUAL);
    private final Map<String, String> stated = new HashMap<>();
    private Function<String, @Nullable String> variables = System::getenv;

    private Builder() {}

    /**
     * Reads a provider's or gateway's credential from another variable than the usual one.
     *
     * @param provider its name, such as {@code openai}; {@code openai@alice} for the key of that name
     *     only
     * @throws IllegalArgumentException if nobody is known by that name
     */
    public Builder provider(String provider, String variable) {
      String name = Bindings.name(provider);
      if (Bindings.isHost(name)) {
        throw new IllegalArgumentException("no provider: " + provider);
      }
      return bind(name, variable);
    }

    /**
     * Reads a credential for a host from a variable. It goes to that host and port only; over plain
     * HTTP, too, if the port is not that of HTTPS.
     *
     * @param host the host, with its port if that is not 443: {@code litellm.acme.dev:4000}; with
     *     {@code @alice} behind it for the key of that name only
     * @throws IllegalArgumentException if it is none
     */
    public Builder host(String host, String variable) {
      String name = Bindings.name(host);
      if (!Bindings.isHost(name)) {
        throw new IllegalArgumentException("no host: " + host);
      }
      return bind(name, variable);
    }

    private Builder bind(String name, String variable) {
      names.put(name, List.of(variable));
      stated.put(name, variable);
      return this;
    }

    /** Reads variables from elsewhere than the environment of this process. */
    public Builder variables(Function<String, @Nullable String> variables) {
      this.variables = Objects.requireNonNull(variables, "variables");
      return this;
    }

    /**
     * Returns the source.
     *
     * @throws IllegalStateException if a variable that was named here is not set, or holds a virtual
     *     key
     */
    public EnvironmentCredentials build() {
      stated.forEach((name, variable) -> {
        if (value(variables, variable) == null) {
          throw new IllegalStateException(
              "the variable " + variable + " for " + name + " is not set, or holds a virtual key");
        }
      });
      return new EnvironmentCredentials(this);
    }
  }
}
