package dev.purser.api;

/**
 * A kind of unit that providers bill by. Kinds are disjoint: a billed unit is counted in exactly
 * one of them, so that the cost of a call is the plain sum over kinds.
 */
public enum UsageKind {
  /** Uncached text input, in tokens. */
  INPUT(Side.INPUT),
  /** Text input served from the provider's cache, in tokens. */
  CACHE_READ(Side.INPUT),
  /** Audio input served from the provider's cache, in tokens. */
  CACHE_READ_AUDIO(Side.INPUT),
  /** Image input served from the provider's cache, in tokens. */
  CACHE_READ_IMAGE(Side.INPUT),
  /** Input written to a cache for five minutes, or for a time the provider does not state. */
  CACHE_WRITE_5M(Side.INPUT),
  /** Input written to a cache for an hour, in tokens. */
  CACHE_WRITE_1H(Side.INPUT),
  /** Uncached audio input, in tokens. */
  INPUT_AUDIO(Side.INPUT),
  /** Uncached image input, in tokens. */
  INPUT_IMAGE(Side.INPUT),
  /** Uncached video input, in tokens. */
  INPUT_VIDEO(Side.INPUT),
  /** Visible text output, in tokens. */
  OUTPUT(Side.OUTPUT),
  /** Output the model kept to itself, in tokens. */
  REASONING(Side.OUTPUT),
  /** Audio output, in tokens. */
  OUTPUT_AUDIO(Side.OUTPUT),
  /** Image output, in tokens. */
  OUTPUT_IMAGE(Side.OUTPUT),
  /** Searches of the web that the provider ran for the call. */
  WEB_SEARCH(Side.NEITHER),
  /** Searches of stored files that the provider ran for the call. */
  FILE_SEARCH(Side.NEITHER),
  /** Sessions of a container in which the provider ran code for the call. */
  CODE_INTERPRETER(Side.NEITHER),
  /** Queries that ranked documents, each with up to as many of them as the provider says. */
  RERANK_SEARCH(Side.NEITHER),
  /** Pages that were read. */
  PAGE(Side.NEITHER),
  /** Characters of text, where a provider bills by them instead of tokens. */
  CHARACTER(Side.NEITHER),
  /** Seconds of sound, where a provider bills by them instead of tokens. */
  SECOND(Side.NEITHER),
  /** Pictures that were made, where a provider bills by them instead of tokens. */
  PICTURE(Side.NEITHER),
  /** Calls, where a provider bills a fee for each. */
  REQUEST(Side.NEITHER);

  private enum Side {
    INPUT,
    OUTPUT,
    NEITHER
  }

  private final Side side;

  UsageKind(Side side) {
    this.side = side;
  }

  /** Whether units of this kind are tokens that the model read. */
  public boolean isInput() {
    return side == Side.INPUT;
  }

  /** Whether units of this kind are tokens that the model wrote. */
  public boolean isOutput() {
    return side == Side.OUTPUT;
  }
}
