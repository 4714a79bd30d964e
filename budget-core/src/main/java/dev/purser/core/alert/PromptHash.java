package dev.purser.core.alert;

import dev.purser.api.Prompt;
import java.util.List;

/**
 * Tells prompts apart by the lengths of their texts and by characters at even distances in each, all of a short
 * one: hashing long prompts whole would cost each call more than its admission. Requests that a job makes
 * of one template differ in their middle, and a conversation at its end; both are seen.
 */
final class PromptHash {

  /** Of all texts together, about. */
  private static final int CHARACTERS = 4_096;

  private static final int LEAST_OF_A_TEXT = 16;
  private static final int MOST_TEXTS = 256;
  private static final long FACTOR = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio

  private PromptHash() {}

  static long of(Prompt prompt) {
    List<String> texts = prompt.texts();
    long hash = texts.size() * FACTOR + prompt.media().size();
    List<String> last = texts.subList(Math.max(0, texts.size() - MOST_TEXTS), texts.size());
    int each = Math.max(LEAST_OF_A_TEXT, CHARACTERS / Math.max(1, last.size()));
    for (String text : last) {
      int length = text.length();
      hash = (hash ^ (hash >>> 29)) * FACTOR + length;
      int step = Math.max(1, length / each);
      for (int at = length - 1; at >= 0; at -= step) {
        hash = hash * 31 + text.charAt(at);
      }
    }
    return hash ^ (hash >>> 32);
  }

  /** Returns how many characters and bytes a prompt has. */
  static long size(Prompt prompt) {
    long size = prompt.opaqueBytes();
    for (String text : prompt.texts()) {
      size += text.length();
    }
    return size;
  }
}
