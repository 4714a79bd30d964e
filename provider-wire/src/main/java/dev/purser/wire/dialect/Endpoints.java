package dev.purser.wire.dialect;

import dev.purser.wire.host.Hosts;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of requests that no dialect speaks: which of them cost nothing, and why the others cannot
 * be metered. Of providers' paths the end says it, since gateways put something before.
 */
final class Endpoints {

  /**
   * Free wherever they are: counting tokens, keeping files for other requests, stopping what was begun,
   * and writing down what a later request is to read.
   *
   * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/token-counting">Anthropic: token
   *     counting is free</a>
   * @see <a href="https://ai.google.dev/api/tokens">Gemini API: countTokens</a>
   * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html">Bedrock:
   *     CountTokens has no charge</a>
   * @see <a href="https://platform.openai.com/docs/api-reference/files">OpenAI: files</a>
   */
  static final Pattern FREE = Pattern.compile(".*(?:"
      + "/messages/count_tokens|[:/]countTokens|[:/]computeTokens|/count-tokens"
      + "|/responses/input_tokens|/tokenize|/detokenize|/tokenize-text|/estimate-token-count"
      + "|/files(?:[:/][^/]+)?|/files/[^/]+/content|/uploads(?:/[^/]+(?:/(?:parts|complete|cancel))?)?"
      + "|[:/]cancel|/check-api-key"
      + "|/api/(?:show|pull|push|create|copy|delete|blobs/[^/]+)"
      + ")");

  /** What OpenAI keeps for nothing, and others bill: Mistral's conversations run a model. */
  static final Pattern FREE_AT_OPENAI = Pattern.compile(".*(?:/conversations(?:/[^/]+(?:/items)?)?"
      + "|/assistants(?:/[^/]+)?|/threads(?:/thread_[^/]+(?:/messages(?:/[^/]+)?)?)?)");

  private static final Pattern MODERATIONS = Pattern.compile(".*/moderations");

  private static final String SOCKET = "no dialect for a socket";
  private static final String UNKNOWN = "no dialect for this endpoint";

  private static final List<Reason> REASONS = List.of(
      new Reason(
          "/realtime(?:/.*)?|.*BidiGenerateContent.*|/live(?:/.*)?",
          "a realtime session states its usage in messages that are not read"),
      new Reason(
          "/batches|/batch|/batch/jobs|[:/](?:batchGenerateContent|asyncBatchEmbedContent)"
              + "|/model-invocation-jobs?|/batchPredictionJobs|/embed-jobs",
          "a batch is answered and billed later"),
      new Reason(
          "/fine_tuning/.*|/fine-tunes|/fine-tuning.*|/finetuning/.*|/tuningJobs|/tunedModels"
              + "|/model-customization-jobs",
          "training is done and billed later"),
      new Reason(
          "[:/]predictLongRunning|/videos(?:/[^/]+)*|/video/generations.*|/video_generation"
              + "|/async-invoke|/async/.*",
          "what is made is given and billed later"),
      new Reason("/runs(?:/[^/]+)*", "a run states its usage only when it has ended, elsewhere"),
      new Reason(
          "/cachedContents(?:/[^/]+)?|/caches(?:/[^/]+)?",
          "a cache is billed by how long it is kept"),
      new Reason(
          "/vector_stores(?:/.*)?|/fileSearchStores(?:/.*)?|/containers(?:/.*)?",
          "what is kept is billed by its size and time"));

  private Endpoints() {}

  /** Whether a request costs nothing although it is no question; false where that is not known. */
  static boolean isFree(String method, String host, String path) {
    String plain = plain(path);
    if (method.equals("GET")) {
      return false;
    }
    String provider = Hosts.providerOf(host);
    boolean openAi = Objects.equals(provider, "openai");
    boolean kept = openAi || Objects.equals(provider, "azure");
    // Mistral bills moderations, too.
    return (openAi && MODERATIONS.matcher(plain).matches())
        || (kept && FREE_AT_OPENAI.matcher(plain).matches())
        || FREE.matcher(plain).matches();
  }

  /** Returns why a request that may cost something is not metered. */
  static String whyUnmetered(String method, String host, String path) {
    String plain = plain(path);
    for (Reason reason : REASONS) {
      if (reason.paths.matcher(plain).matches()) {
        return reason.text;
      }
    }
    return method.equals("GET") ? SOCKET : UNKNOWN;
  }

  /** Returns all reasons that there are. */
  static List<String> reasons() {
    return Stream.concat(REASONS.stream().map(Reason::text), Stream.of(SOCKET, UNKNOWN))
        .toList();
  }

  private static String plain(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end).replace("%3A", ":").replace("%3a", ":");
  }

  private record Reason(Pattern paths, String text) {
    Reason(String ends, String text) {
      this(Pattern.compile(".*(?:" + ends + ")"), text);
    }
  }
}
