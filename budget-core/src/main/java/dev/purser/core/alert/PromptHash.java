package dev.purser.core.alert;

import dev.purser.api.Prompt;
import java.util.List;

/**
 * Tells prompts apart by the lengths of their texts and the last two thousand characters: loops differ at
 * the end if anywhere, and hashing all of a long prompt would cost each call more than its admission.
 */
final class PromptHash {

  private static final int CHARACTERS = 2_048;
  private static final long FACTOR = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio

  private PromptHash() {}

  static long of(Prompt prompt) {
    List<String> texts = prompt.texts();
    long hash = prompt.media().size();
    for (String text : texts) {
      hash = hash * FACTOR + text.length();
    }
    int left = CHARACTERS;
    for (int i = texts.size() - 1; i >= 0 && left > 0; i--) {
      String text = texts.get(i);
      int from = Math.max(0, text.length() - left);
      for (int at = from; at < text.length(); at++) {
        hash = hash * 31 + text.charAt(at);
      }
      hash *= FACTOR;
      left -= text.length() - from;
    }
    return hash ^ (hash >>> 32);
  }

  static long size(Prompt prompt) {
    long size = prompt.opaqueBytes();
    for (String text : prompt.texts()) {
      size += text.length();
    }
    return size;
  }
}
