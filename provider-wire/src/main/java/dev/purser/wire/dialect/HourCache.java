package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.purser.api.Prompt;
import dev.purser.wire.json.ByteSearch;
import dev.purser.wire.request.JsonBody;

/**
 * Whether a request asks for parts of its prompt to be kept for an hour: a {@code ttl} of {@code 1h}, in
 * a {@code cache_control} or a {@code cachePoint} wherever it stands. Looked for in the bytes: within a
 * JSON text its quotes would be escaped, so that no prompt can be taken for it.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching">Anthropic: prompt
 *     caching, one hour</a>
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html">Bedrock: prompt
 *     caching</a>
 */
final class HourCache {

  private static final byte[] NAME = "\"ttl\"".getBytes(US_ASCII);
  private static final byte[] HOUR = "\"1h\"".getBytes(US_ASCII);

  private HourCache() {}

  /** Tells a prompt if its request asks for it. */
  static void tell(JsonBody body, Prompt.Builder prompt) {
    if (isAsked(body.bytes())) {
      prompt.cachedForAnHour();
    }
  }

  private static boolean isAsked(byte[] json) {
    int last = json.length - NAME.length - HOUR.length;
    int at = ByteSearch.pair(json, 0, json.length, '"', 't');
    while (at < last) {
      if (stands(NAME, json, at) && isHour(json, at + NAME.length)) {
        return true;
      }
      at = ByteSearch.pair(json, at + 1, json.length, '"', 't');
    }
    return false;
  }

  private static boolean isHour(byte[] json, int from) {
    int at = from;
    while (at < json.length && (json[at] == ':' || json[at] <= ' ') && json[at] > 0) {
      at++;
    }
    return at + HOUR.length <= json.length && stands(HOUR, json, at);
  }

  private static boolean stands(byte[] wanted, byte[] json, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (json[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
