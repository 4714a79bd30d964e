package dev.purser.core.config;

/** How the input of a call is bounded. */
public enum Estimates {
  /** Counted where the tokenizer is at hand, else by what the text looks like; may be a little low. */
  DEFAULT,
  /** A token for each UTF-8 byte of a text: never low, mostly three to five times too high. */
  STRICT
}
