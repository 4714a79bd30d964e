package dev.purser.core.estimate;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.TextBound.Vocabulary;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a family of models reads besides what a request says, and how its tokenizer differs from those
 * that the bound was measured on. {@code docs/estimates.md} lists these numbers.
 *
 * @param vocabulary which of the bounds is the nearest
 * @param percent of that bound, since most tokenizers cannot be measured here
 * @param request tokens of every request: what the family's template puts around it
 * @param tools tokens more where the model is told of tools or of a format for its answer
 * @param tool tokens more for each of them
 */
record FamilyOverhead(Vocabulary vocabulary, int percent, int request, int tools, int tool) {

  /** OpenAI's own, whose framing dialects count; reasoning models have a few tokens of their own. */
  private static final FamilyOverhead OPENAI =
      new FamilyOverhead(Vocabulary.TWO_HUNDRED_THOUSAND, 100, 0, 0, 0);

  private static final FamilyOverhead OPENAI_OLD =
      new FamilyOverhead(Vocabulary.HUNDRED_THOUSAND, 100, 0, 0, 0);

  private static final FamilyOverhead OPENAI_REASONING =
      new FamilyOverhead(Vocabulary.TWO_HUNDRED_THOUSAND, 100, 8, 0, 0);

  /** The system message of harmony (OpenAI cookbook, "OpenAI Harmony Response Format"). */
  private static final FamilyOverhead GPT_OSS =
      new FamilyOverhead(Vocabulary.TWO_HUNDRED_THOUSAND, 110, 75, 20, 10);

  // Anthropic, "Tool use with Claude", the system prompt that tools bring along, tool choice any;
  // reasoning brings some forty tokens.
  private static final FamilyOverhead CLAUDE =
      new FamilyOverhead(Vocabulary.HUNDRED_THOUSAND, 140, 40, 589, 10);

  /** As before, with the tokenizer since 4.7, which makes up to 35 % more tokens of a text. */
  private static final FamilyOverhead CLAUDE_NEW =
      new FamilyOverhead(Vocabulary.HUNDRED_THOUSAND, 190, 40, 804, 10);

  /** Every digit is a token ("Gemma: open models based on Gemini", 2024). */
  private static final FamilyOverhead GEMINI =
      new FamilyOverhead(Vocabulary.SINGLE_DIGITS, 120, 10, 40, 10);

  /** The system prompt that xAI gives grok-4, recorded at 680 tokens. */
  private static final FamilyOverhead GROK =
      new FamilyOverhead(Vocabulary.HUNDRED_THOUSAND, 140, 700, 120, 30);

  /** The date and the knowledge's end ("Llama 3.3 prompt format", llama.com); how to call. */
  private static final FamilyOverhead LLAMA =
      new FamilyOverhead(Vocabulary.HUNDRED_THOUSAND, 140, 40, 250, 100);

  /** The default system prompt, "# Tools" of the chat template (huggingface.co/Qwen); digits. */
  private static final FamilyOverhead QWEN =
      new FamilyOverhead(Vocabulary.SINGLE_DIGITS, 140, 30, 150, 20);

  private static final FamilyOverhead MISTRAL =
      new FamilyOverhead(Vocabulary.SINGLE_DIGITS, 140, 10, 40, 10);

  private static final FamilyOverhead OTHER =
      new FamilyOverhead(Vocabulary.SINGLE_DIGITS, 140, 40, 250, 30);

  /** All of them, by the names that the documentation uses. */
  static final List<Named> ALL = List.of(
      new Named("OpenAI", OPENAI),
      new Named("OpenAI, reasoning", OPENAI_REASONING),
      new Named("gpt-oss", GPT_OSS),
      new Named("Claude before 4.7", CLAUDE),
      new Named("Claude since 4.7", CLAUDE_NEW),
      new Named("Gemini", GEMINI),
      new Named("Grok", GROK),
      new Named("Llama", LLAMA),
      new Named("Qwen", QWEN),
      new Named("Mistral", MISTRAL),
      new Named("others", OTHER));

  /** An overhead and whose it is. */
  record Named(String name, FamilyOverhead overhead) {}

  private static final Pattern REASONING = Pattern.compile("(o[134]|gpt-[5-9]).*");

  /** Returns what is to be added for a model. */
  static FamilyOverhead of(ModelFamily family, ModelId model) {
    String name = ModelFamily.bareName(model.name());
    return switch (family) {
      case OPENAI ->
        Encodings.of(name) == Encodings.CL100K
            ? OPENAI_OLD
            : REASONING.matcher(name).matches() ? OPENAI_REASONING : OPENAI;
      case GPT_OSS -> GPT_OSS;
      case CLAUDE -> ClaudeMedia.isStandard(name) ? CLAUDE : CLAUDE_NEW;
      case GEMINI -> GEMINI;
      case GROK -> GROK;
      case MISTRAL -> MISTRAL;
      case QWEN -> QWEN;
      case LLAMA -> LLAMA;
      case OTHER -> OTHER;
    };
  }

  /** Returns the tokens of texts, of which our bound is so many. */
  long scaled(long bound) {
    return (bound * percent + 99) / 100;
  }

  /** Returns what is read besides. */
  long tokens(Prompt prompt) {
    return prompt.tools() == 0 ? request : request + tools + (long) tool * prompt.tools();
  }
}
