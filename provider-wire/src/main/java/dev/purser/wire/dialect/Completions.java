package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.request.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's older completions of a text, and those of code that is still without its middle. Candidates
 * that {@code best_of} drops are billed; each of several prompts is answered {@code n} times.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">the API reference</a>
 * @see <a href="https://docs.mistral.ai/api/#tag/fim">Mistral: fill in the middle</a>
 */
final class Completions extends OpenAiDialect {

  /** No list of prompts is longer; keeps the product in range. */
  private static final int MOST_CHOICES = 1 << 20;

  Completions() {
    super("openai.completions", "/completions");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    Prompt.Builder prompt = Prompt.builder();
    InputPrompt reader = new InputPrompt(prompt);
    reader.add(body.last("prompt"));
    long prompts = Math.max(1, reader.inputs());
    reader.add(body.last("suffix"));
    if (!reader.wellFormed()) {
      return null;
    }
    int shown = times(body.largestCount("n"), prompts);
    int written = times(Math.max(body.largestCount("n"), body.largestCount("best_of")), prompts);
    return ChatCall.of(this, request, new ChatBody(body), prompt.build(), written, shown);
  }

  private static int times(long choices, long prompts) {
    return (int) Math.min(choices * prompts, MOST_CHOICES);
  }
}
