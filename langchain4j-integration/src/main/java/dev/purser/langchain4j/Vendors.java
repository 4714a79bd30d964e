package dev.purser.langchain4j;

/** Which vendors' modules are there: no class of an absent one may be touched. */
final class Vendors {

  static final boolean OPENAI = present("dev.langchain4j.model.openai.OpenAiTokenUsage");
  static final boolean ANTHROPIC = present("dev.langchain4j.model.anthropic.AnthropicTokenUsage");

  /** A class that is no part of Anthropic's module that applications are to use: it may go. */
  static final boolean ANTHROPIC_STREAM_ERRORS =
      present("dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException");

  private Vendors() {}

  private static boolean present(String className) {
    try {
      Class.forName(className, false, Vendors.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }
}
