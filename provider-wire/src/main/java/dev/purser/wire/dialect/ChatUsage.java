package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code usage} of a chat completion into disjoint kinds.
 *
 * <p>Cached, written, audio and image tokens are inside {@code prompt_tokens}; reasoning, audio and
 * image tokens inside {@code completion_tokens}. Where {@code total_tokens} is more than both, what
 * is missing was left out of them: the audio with Mistral, the reasoning with xAI and Google.
 * Details that contradict each other or their total are cut, the dearest kind last, so that the
 * kinds always add up to the totals.
 */
final class ChatUsage {

  private final Counts counts = new Counts();

  private ChatUsage() {}

  /**
   * Whether a usage says enough to be billed by: {@code prompt_tokens}, and what was written, by
   * {@code completion_tokens} or by the difference to {@code total_tokens}.
   */
  static boolean says(JsonNode usage) {
    return !usage.isObject()
        || (usage.hasNonNull("prompt_tokens")
            && (usage.hasNonNull("completion_tokens") || usage.hasNonNull("total_tokens")));
  }

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode usage) {
    ChatUsage reader = new ChatUsage();
    Usage.Builder kinds = Usage.builder();
    long prompt = reader.counts.of(usage.path("prompt_tokens"));
    long completion = reader.counts.of(usage.path("completion_tokens"));
    long beside = Math.max(0, reader.counts.of(usage.path("total_tokens")) - prompt - completion);
    long audio = reader.counts.of(usage.path("prompt_tokens_details").path("audio_tokens"));
    boolean audioBeside = beside > 0 && beside == audio;
    reader.input(usage, prompt + (audioBeside ? beside : 0), kinds);
    reader.output(usage, completion, audioBeside ? 0 : beside, kinds);
    return reader.counts.plausible() && usage.isObject() ? kinds.build() : null;
  }

  private void input(JsonNode usage, long total, Usage.Builder kinds) {
    JsonNode details = usage.path("prompt_tokens_details");
    long left = total;
    long written = Math.min(left, counts.of(details.path("cache_write_tokens")));
    left -= written;
    long cached = Math.min(left, cached(usage, details));
    left -= cached;
    long audio = counts.of(details.path("audio_tokens"));
    long freshAudio = Math.min(left, audio);
    left -= freshAudio;
    long images = counts.of(details.path("image_tokens"));
    long freshImages = Math.min(left, images);
    left -= freshImages;
    long cachedAudio = Math.min(cached, audio - freshAudio);
    long cachedImages = Math.min(cached - cachedAudio, images - freshImages);
    kinds
        .add(UsageKind.INPUT, left)
        .add(UsageKind.CACHE_WRITE_5M, written)
        .add(UsageKind.CACHE_READ, cached - cachedAudio - cachedImages)
        .add(UsageKind.CACHE_READ_AUDIO, cachedAudio)
        .add(UsageKind.CACHE_READ_IMAGE, cachedImages)
        .add(UsageKind.INPUT_AUDIO, freshAudio)
        .add(UsageKind.INPUT_IMAGE, freshImages);
  }

  /** DeepSeek, Moonshot and Mistral first said it in fields of their own. */
  private long cached(JsonNode usage, JsonNode details) {
    return counts.of(Counts.first(
        details.path("cached_tokens"),
        usage.path("prompt_cache_hit_tokens"),
        usage.path("cached_tokens"),
        usage.path("num_cached_tokens")));
  }

  private void output(JsonNode usage, long completion, long beside, Usage.Builder kinds) {
    JsonNode details = usage.path("completion_tokens_details");
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
