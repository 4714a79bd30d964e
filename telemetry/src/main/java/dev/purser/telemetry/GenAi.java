package dev.purser.telemetry;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Names of OpenTelemetry's conventions for generative AI, as constants of our own: the published ones
 * are incubating and change with each release. All names, values and boundaries here are those of
 * version 1.41.0 of the semantic conventions, where they have the status "development". Since then
 * they have moved to a repository of their own, whose metrics have other names and no stable version.
 */
final class GenAi {

  /** The conventions that the names are from. */
  static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.0";

  /** Of 1.41.0: tokens of a call, by {@link #TOKEN_TYPE}. */
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";

  /** Of 1.41.0: how long a call took. */
  static final String OPERATION_DURATION = "gen_ai.client.operation.duration";

  /** Of 1.41.0: how long the first part of a stream took; not to be told of other calls. */
  static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

  /** Of 1.41.0. */
  static final String OPERATION_NAME = "gen_ai.operation.name";

  /** Of 1.41.0; {@code gen_ai.system} before 1.37.0. */
  static final String PROVIDER_NAME = "gen_ai.provider.name";

  /** Of 1.41.0. */
  static final String REQUEST_MODEL = "gen_ai.request.model";

  /** Of 1.41.0. */
  static final String RESPONSE_MODEL = "gen_ai.response.model";

  /** Of 1.41.0: {@code input} or {@code output}. */
  static final String TOKEN_TYPE = "gen_ai.token.type";

  /** Of 1.41.0, stable. */
  static final String ERROR_TYPE = "error.type";

  /** In tokens. */
  static final List<Long> TOKEN_BOUNDARIES =
      LongStream.iterate(1, tokens -> tokens * 4).limit(14).boxed().toList();

  /** In seconds. */
  static final List<Double> TIME_BOUNDARIES = LongStream.iterate(1, size -> size * 2)
      .limit(14)
      .mapToObj(size -> size / 100.0)
      .toList();

  private GenAi() {}

  /** Returns the convention's name of a provider, or ours where it has none. */
  static String provider(String ours) {
    return switch (ours) {
      case "aws" -> "aws.bedrock";
      case "azure" -> "azure.ai.openai";
      case "google" -> "gcp.gen_ai";
      case "mistral" -> "mistral_ai";
      case "x-ai" -> "x_ai";
      default -> ours;
    };
  }

  /**
   * Returns the convention's name of what an API does, by the last word of the API's name; that word
   * itself where the convention has none for it, such as {@code rerank}.
   */
  static String operation(String api) {
    String last = api.substring(api.lastIndexOf('.') + 1);
    return switch (last) {
      case "completions" -> api.endsWith("chat.completions") ? "chat" : "text_completion";
      case "chat", "messages", "responses", "converse", "prompts", "rawPredict" -> "chat";
      case "complete", "generate", "summarize" -> "text_completion";
      case "embeddings", "embed", "embedContent" -> "embeddings";
      case "generateContent", "interactions", "images", "speech", "transcriptions" ->
        "generate_content";
      default -> last.isBlank() ? api : last;
    };
  }
}
