package dev.purser.wire.host;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which provider answers at a host. Names match whole or as a suffix after a dot, never as a part:
 * {@code api.openai.com.example.org} is nobody's. Providers are named as in the price table.
 */
public final class Hosts {

  private static final Map<String, String> PROVIDERS = Map.ofEntries(
      entry("api.openai.com", "openai"), // and us., eu.
      entry("openai.azure.com", "azure"),
      entry("openai.azure.us", "azure"),
      entry("services.ai.azure.com", "azure"),
      entry("inference.ai.azure.com", "azure"),
      entry("cognitiveservices.azure.com", "azure"),
      entry("azure-api.net", "azure"),
      entry("api.anthropic.com", "anthropic"),
      entry("generativelanguage.googleapis.com", "google"),
      entry("aiplatform.googleapis.com", "google"),
      entry("api.mistral.ai", "mistral"),
      entry("codestral.mistral.ai", "mistral"),
      entry("api.cohere.com", "cohere"),
      entry("api.cohere.ai", "cohere"),
      entry("api.deepseek.com", "deepseek"),
      entry("api.moonshot.ai", "moonshotai"),
      entry("api.moonshot.cn", "moonshotai"),
      entry("api.x.ai", "x-ai"),
      entry("api.groq.com", "groq"),
      entry("openrouter.ai", "openrouter"),
      entry("api.perplexity.ai", "perplexity"),
      entry("api.together.xyz", "together"),
      entry("api.together.ai", "together"),
      entry("api.cerebras.ai", "cerebras"),
      entry("api.voyageai.com", "voyageai"),
      entry("api.fireworks.ai", "fireworks"),
      entry("api.z.ai", "zai"),
      entry("open.bigmodel.cn", "zai"),
      entry("api.minimax.io", "minimax"),
      entry("api.minimax.chat", "minimax"),
      entry("api.minimaxi.com", "minimax"),
      entry("dashscope.aliyuncs.com", "alibaba"),
      entry("dashscope-intl.aliyuncs.com", "alibaba"),
      entry("dashscope-us.aliyuncs.com", "alibaba"),
      entry("api.sambanova.ai", "sambanova"),
      entry("api.deepinfra.com", "deepinfra"),
      entry("integrate.api.nvidia.com", "nvidia"),
      entry("router.huggingface.co", "huggingface"),
      entry("api.ai21.com", "ai21"));

  /** The services of AWS that run models; a region stands between them and the domain. */
  private static final Set<String> BEDROCK =
      Set.of("bedrock-runtime", "bedrock-runtime-fips", "bedrock-mantle", "bedrock-agent-runtime");

  private static final Set<String> AWS_DOMAINS =
      Set.of("amazonaws.com", "amazonaws.com.cn", "api.aws");

  private Hosts() {}

  /** Returns the names of all providers. */
  public static Set<String> providers() {
    Set<String> names = new TreeSet<>(PROVIDERS.values());
    names.add("aws");
    return names;
  }

  /** Returns a host at which a provider answers, always the same; null if none without a region does. */
  public static @Nullable String hostOf(String provider) {
    return PROVIDERS.entrySet().stream()
        .filter(host -> host.getValue().equals(provider))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Returns the names of hosts with their providers, but for those that have a region in them. */
  public static Map<String, String> names() {
    return PROVIDERS;
  }

  /** Returns the names of the hosts of AWS, with {@code {region}} where one stands. */
  public static Set<String> awsNames() {
    Set<String> names = new TreeSet<>();
    for (String domain : AWS_DOMAINS) {
      BEDROCK.forEach(service -> names.add(service + ".{region}." + domain));
    }
    return names;
  }

  /** Returns the provider at a host, or null if it is nobody we know. */
  public static @Nullable String providerOf(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    String provider = bySuffix(name);
    if (provider == null && isRegionalVertex(name)) {
      return "google";
    }
    return provider == null && isBedrock(name) ? "aws" : provider;
  }

  /**
   * Returns the region that OpenAI bills a surcharge for at a host, or null.
   *
   * @see <a href="https://platform.openai.com/docs/guides/your-data">OpenAI: data residency</a>
   */
  public static @Nullable String regionOf(String host) {
    return switch (host.toLowerCase(Locale.ROOT)) {
      case "us.api.openai.com" -> "us";
      case "eu.api.openai.com" -> "eu";
      default -> null;
    };
  }

  private static @Nullable String bySuffix(String name) {
    String rest = name;
    while (true) {
      String provider = PROVIDERS.get(rest);
      int dot = rest.indexOf('.');
      if (provider != null || dot < 0) {
        return provider;
      }
      rest = rest.substring(dot + 1);
    }
  }

  /** Regions are glued to the service: {@code europe-west1-aiplatform.googleapis.com}. */
  private static boolean isRegionalVertex(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return false;
    }
    String domain = name.substring(dot + 1);
    return (domain.equals("googleapis.com") && name.substring(0, dot).endsWith("-aiplatform"))
        || (domain.endsWith(".rep.googleapis.com") && name.startsWith("aiplatform."));
  }

  private static boolean isBedrock(String name) {
    for (String domain : AWS_DOMAINS) {
      if (name.endsWith("." + domain)) {
        String service = name.substring(0, name.length() - domain.length() - 1);
        for (String label : service.split("\\.", -1)) {
          if (BEDROCK.contains(label)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
