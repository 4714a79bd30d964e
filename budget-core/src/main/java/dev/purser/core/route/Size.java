package dev.purser.core.route;

import dev.purser.api.CallIntent;
import dev.purser.api.Prompt;

/**
 * How demanding a call looks from outside. A small one has a prompt of at most 8,000 characters, no tools,
 * no pictures or files, and asks for one answer of at most 2,000 tokens, or does not say of how many.
 */
enum Size {
  SMALL,
  LARGE;

  private static final long MOST_CHARACTERS = 8_000;
  private static final long CHARACTERS_A_TOKEN = 4;
  private static final long MOST_OUTPUT = 2_000;

  static Size of(CallIntent intent) {
    Prompt prompt = intent.prompt();
    boolean small = characters(prompt) <= MOST_CHARACTERS
        && prompt.tools() == 0
        && prompt.media().isEmpty()
        && intent.choices() == 1
        && intent.outputCap().orElse(0) <= MOST_OUTPUT;
    return small ? SMALL : LARGE;
  }

  private static long characters(Prompt prompt) {
    long texts = prompt.texts().stream().mapToLong(String::length).sum();
    return texts + prompt.opaqueBytes() + CHARACTERS_A_TOKEN * prompt.tokens();
  }
}
