package dev.purser.samples.demo;

import java.util.Locale;

/** Which official SDK makes the calls, and of which model. */
enum Sdk {
  OPENAI("OpenAI Java SDK", "gpt-4o"),
  ANTHROPIC("Anthropic Java SDK", "claude-sonnet-4-5");

  private final String title;
  private final String model;

  Sdk(String title, String model) {
    this.title = title;
    this.model = model;
  }

  String title() {
    return title;
  }

  String model() {
    return model;
  }

  /** Returns the word by which the command line and the JSON line name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
