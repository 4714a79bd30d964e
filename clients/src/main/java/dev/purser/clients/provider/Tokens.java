package dev.purser.clients.provider;

/** What every call uses at this provider, whoever asks. */
public final class Tokens {

  /** Of the prompt, the cached ones included. */
  public static final int PROMPT = 10;

  /** Of the prompt, found in a cache. */
  public static final int CACHED = 4;

  /** Of an answer, if it may have as many. */
  public static final int OUTPUT = 40;

  private Tokens() {}
}
