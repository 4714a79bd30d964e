package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code usage} of a completion, a response, an embedding or a transcript into disjoint kinds.
 *
 * <p>Cached, written, audio, image and video tokens are inside {@code prompt_tokens}; reasoning, audio
 * and image tokens inside {@code completion_tokens}, and so are those of a prediction that was rejected.
 * The newer APIs say {@code input} and {@code output} for the same. Where {@code total_tokens} is more
 * than both, what is missing was left out of them: the audio with Mistral, the reasoning with xAI and
 * Google. Details that contradict each other or their total are cut, the dearest kind last, so that
 * the kinds always add up to the totals.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI: usage of a chat
 *     completion, rejected predictions included</a>
 */
final class ChatUsage {

  /** They count reasoning, or the sound they heard, in the total alone. */
  private static final Set<String> LEAVING_OUT = Set.of("x-ai", "google", "mistral");

  private final Counts counts = new Counts();

  private ChatUsage() {}

  /**
   * Whether a usage says enough to be billed by: what was read, and what was written, by a count of its
   * own or by the difference to {@code total_tokens}.
   */
  static boolean says(JsonNode usage) {
    return !usage.isObject()
        || (Counts.isStated(prompt(usage))
            && (Counts.isStated(completion(usage)) || usage.hasNonNull("total_tokens")));
  }

  private static JsonNode prompt(JsonNode usage) {
    return Counts.first(usage.path("prompt_tokens"), usage.path("input_tokens"));
  }

  private static JsonNode completion(JsonNode usage) {
    return Counts.first(usage.path("completion_tokens"), usage.path("output_tokens"));
  }

  private static JsonNode promptDetails(JsonNode usage) {
    return Counts.first(
        usage.path("prompt_tokens_details"),
        usage.path("input_tokens_details"),
        usage.path("input_token_details"));
  }

  private static JsonNode completionDetails(JsonNode usage) {
    return Counts.first(
        usage.path("completion_tokens_details"),
        usage.path("output_tokens_details"),
        usage.path("output_token_details"));
  }

  /** Returns the usage, or null if it states what cannot be; of whoever states it. */
  static @Nullable Usage read(JsonNode usage) {
    return read(usage, null);
  }

  /**
   * Returns the usage, or null if it states what cannot be.
   *
   * @param provider the provider known by its host, or null
   */
  static @Nullable Usage read(JsonNode usage, @Nullable String provider) {
    ChatUsage reader = new ChatUsage();
    Usage.Builder kinds = Usage.builder();
    long prompt = reader.counts.of(prompt(usage));
    long completion = reader.counts.of(completion(usage));
    long total = reader.counts.of(usage.path("total_tokens"));
    long beside = reader.beside(usage, Math.max(0, total - prompt - completion), provider);
    long audio = reader.audio(usage, beside);
    boolean audioBeside = beside > 0 && beside == audio;
    reader.input(usage, prompt + (audioBeside ? beside : 0), audio, kinds);
    reader.output(usage, completion, audioBeside ? 0 : beside, kinds);
    return reader.counts.plausible() && usage.isObject() ? kinds.build() : null;
  }

  /**
   * Returns what was left out of the two counts. With most providers there is no such thing: what their
   * total says beyond is somebody's mistake, or caches that a gateway keeps apart as Anthropic does.
   */
  private long beside(JsonNode usage, long rest, @Nullable String provider) {
    if (provider != null) {
      return LEAVING_OUT.contains(provider) ? rest : 0;
    }
    long caches = counts.of(usage.path("cache_read_input_tokens"))
        + counts.of(usage.path("cache_creation_input_tokens"));
    return rest == caches ? 0 : rest;
  }

  /** Mistral may say how long the sound was and leave its tokens to the total alone. */
  private long audio(JsonNode usage, long beside) {
    JsonNode stated = promptDetails(usage).path("audio_tokens");
    boolean heard = usage.path("prompt_audio_seconds").asDouble() > 0;
    return heard && !Counts.isStated(stated) ? beside : counts.of(stated);
  }

  private void input(JsonNode usage, long total, long audio, Usage.Builder kinds) {
    JsonNode details = promptDetails(usage);
    long left = total;
    long written = Math.min(left, written(usage, details));
    left -= written;
    long forAnHour = Math.min(
        written,
        counts.of(details.path("cache_creation_token_details").path("ephemeral_1h_input_tokens")));
    long cached = Math.min(left, cached(usage, details));
    left -= cached;
    long freshAudio = Math.min(left, audio);
    left -= freshAudio;
    long images = counts.of(details.path("image_tokens"));
    long freshImages = Math.min(left, images);
    left -= freshImages;
    long video = Math.min(left, counts.of(details.path("video_tokens")));
    left -= video;
    long cachedAudio = Math.min(cached, audio - freshAudio);
    long cachedImages = Math.min(cached - cachedAudio, images - freshImages);
    kinds
        .add(UsageKind.INPUT, left)
        .add(UsageKind.CACHE_WRITE_5M, written - forAnHour)
        .add(UsageKind.CACHE_WRITE_1H, forAnHour)
        .add(UsageKind.CACHE_READ, cached - cachedAudio - cachedImages)
        .add(UsageKind.CACHE_READ_AUDIO, cachedAudio)
        .add(UsageKind.CACHE_READ_IMAGE, cachedImages)
        .add(UsageKind.INPUT_AUDIO, freshAudio)
        .add(UsageKind.INPUT_IMAGE, freshImages)
        .add(UsageKind.INPUT_VIDEO, video);
  }

  /** DeepSeek, Moonshot and Mistral first said it in fields of their own; LiteLLM keeps Anthropic's. */
  private long cached(JsonNode usage, JsonNode details) {
    return counts.of(Counts.first(
        details.path("cached_tokens"),
        usage.path("prompt_cache_hit_tokens"),
        usage.path("cached_tokens"),
        usage.path("num_cached_tokens"),
        usage.path("cache_read_input_tokens")));
  }

  /** OpenAI's name for it, Alibaba's and LiteLLM's, and Anthropic's as gateways pass it on. */
  private long written(JsonNode usage, JsonNode details) {
    return counts.of(Counts.first(
        details.path("cache_write_tokens"),
        details.path("cache_creation_input_tokens"),
        details.path("cache_creation_tokens"),
        usage.path("cache_creation_input_tokens")));
  }

  private void output(JsonNode usage, long completion, long beside, Usage.Builder kinds) {
    JsonNode details = completionDetails(usage);
    long left = completion + beside;
    long audio = Math.min(left, counts.of(details.path("audio_tokens")));
    left -= audio;
    long images = Math.min(left, counts.of(details.path("image_tokens")));
    left -= images;
    long reasoning = Math.min(left, Math.max(beside, counts.of(details.path("reasoning_tokens"))));
    kinds
        .add(UsageKind.OUTPUT, left - reasoning)
        .add(UsageKind.REASONING, reasoning)
        .add(UsageKind.OUTPUT_AUDIO, audio)
        .add(UsageKind.OUTPUT_IMAGE, images);
  }
}
