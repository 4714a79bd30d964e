package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import java.util.regex.Pattern;

/**
 * OpenAI's models for chat completions that search the web before each answer, and are charged a search
 * for it that no usage mentions.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-web-search">OpenAI: web search in chat
 *     completions</a>
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: pricing of built-in tools</a>
 */
final class SearchModels {

  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?gpt-[a-z0-9.-]+-search-(?:preview|api)(?:-.*)?", Pattern.DOTALL);

  private SearchModels() {}

  /** Whether a model searches for each answer. Gateways put a provider before the name. */
  static boolean searches(ModelId model) {
    return NAME.matcher(model.name()).matches();
  }
}
