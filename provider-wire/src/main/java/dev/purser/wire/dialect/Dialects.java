package dev.purser.wire.dialect;

import dev.purser.api.Denial;
import dev.purser.wire.Dialect;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.HostOwners;
import dev.purser.wire.host.Hosts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registry of dialects and provider hosts. Safe for use by several threads. */
public final class Dialects {

  /** A new dialect is a class, a line here, and a test. The first that speaks a path reads it. */
  static final List<Dialect> ALL = List.of(
      new ChatCompletions(),
      new AnthropicMessages(),
      new AnthropicBatches(),
      new AnthropicBatchResults(),
      new AnthropicComplete(),
      new BedrockConverse(),
      new BedrockInvoke(),
      new GeminiContent(),
      new GeminiEmbeddings(),
      new GeminiInteractions(),
      new VertexPredict(),
      new VertexPartners(),
      new CohereGeneration("cohere.v2.chat", "/v2/chat", "messages"),
      new CohereGeneration("cohere.v1.chat", "/v1/chat", "message"),
      new CohereGeneration("cohere.v1.generate", "/v1/generate", "prompt"),
      new CohereGeneration("cohere.v1.summarize", "/v1/summarize", "text"),
      new CohereVectors("cohere.v2.embed", "/v2/embed"),
      new CohereVectors("cohere.v1.embed", "/v1/embed"),
      new CohereVectors("cohere.v2.rerank", "/v2/rerank"),
      new CohereVectors("cohere.v1.rerank", "/v1/rerank"),
      new OllamaCall("ollama.chat", "/api/chat", true),
      new OllamaCall("ollama.generate", "/api/generate", true),
      new OllamaCall("ollama.embed", "/api/embed", false),
      new OllamaCall("ollama.embeddings", "/api/embeddings", false),
      new Responses(),
      new StoredPrompts(),
      new Completions(),
      new Embeddings(),
      new Moderations(),
      new Rerank(),
      new Ocr(),
      new Images(),
      new Transcriptions(),
      new Speech());

  private Dialects() {}

  /** Returns the dialect that may read a request of this shape, or null. */
  public static @Nullable Dialect find(String method, String host, String path) {
    for (Dialect dialect : ALL) {
      if (dialect.speaks(method, host, path)) {
        return dialect;
      }
    }
    return null;
  }

  /** Returns the names of all APIs that are read. */
  static List<String> names() {
    return ALL.stream().map(Dialect::name).toList();
  }

  /**
   * Whether a request that no dialect speaks costs nothing, such as one to count tokens; false where that
   * is not known.
   */
  public static boolean isFree(String method, String host, String path) {
    return Endpoints.isFree(method, host, path);
  }

  /** Returns why a request that no dialect speaks, and that may cost something, is not metered. */
  public static String whyUnmetered(String method, String host, String path) {
    return Endpoints.whyUnmetered(method, host, path);
  }

  /**
   * Returns the provider that a host belongs to, or null for a host of nobody we know, such as
   * loopback.
   *
   * @param host the host, without port, in any case
   */
  public static @Nullable String providerOf(String host) {
    return Hosts.providerOf(host);
  }

  /** Returns a host at which a provider answers, always the same; null for a word that is none's name. */
  public static @Nullable String hostOf(String provider) {
    return Hosts.hostOf(provider);
  }

  /** Whether a provider bills a surcharge at a host, for the region that it names. */
  public static boolean billsRegion(String host) {
    return Hosts.regionOf(host) != null;
  }

  /**
   * Returns the provider or gateway that receives what is sent to a host over TLS, and so may be
   * trusted there with a credential of its own; null for a host that somebody else could have.
   *
   * @param host the host, without port, in any case
   */
  public static @Nullable String ownerOf(String host) {
    return HostOwners.ownerOf(host);
  }

  /** Returns all names of providers and gateways. */
  public static Set<String> owners() {
    return HostOwners.NAMES;
  }

  /**
   * Returns the JSON body of an answer that denies a request which no dialect speaks, in the error
   * shape of whoever answers at the host.
   */
  public static String denialBody(String host, Denial denial) {
    boolean anthropics =
        host.equals("anthropic.helicone.ai"); // the one gateway with one other shape
    return ErrorShape.of(anthropics ? "anthropic" : providerOf(host)).body(denial);
  }
}
