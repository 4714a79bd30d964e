package dev.purser.wire.dialect;

import dev.purser.wire.json.JsonSlice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many searches a request allows, which are held as fees, and what is allowed for their results.
 *
 * <p>Where a request sets no limit, it is what providers document for their own loops: ten steps in a
 * request at Anthropic, ten tools called by Groq's compound. Of recorded answers none searched more than
 * twice. A block of results is the 8,000 tokens that OpenAI bills for one with its smaller models; two are
 * allowed for.
 *
 * @see <a href="https://docs.anthropic.com/en/api/handling-stop-reasons">Anthropic: pause_turn, the limit
 *     of the server's loop</a>
 * @see <a href="https://console.groq.com/docs/compound/systems">Groq: tool calls of compound systems</a>
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: search content tokens</a>
 */
final class AllowedSearches {

  /** Searches where no limit is set. */
  static final int UNLIMITED = 10;

  /** Tokens of what is found, which the model reads. */
  static final int RESULTS = 16_000;

  /** More is no limit of anybody's; keeps an absurd number out of the hold. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

  private AllowedSearches() {}

  /** Returns the searches that a stated limit allows. */
  static long most(@Nullable JsonSlice limit) {
    return most(limit, UNLIMITED);
  }

  /**
   * Returns what a stated limit allows.
   *
   * @param otherwise where none is stated
   */
  static long most(@Nullable JsonSlice limit, long otherwise) {
    BigDecimal stated = limit == null ? null : limit.number();
    return stated == null || stated.signum() < 0 ? otherwise : stated.min(MOST).longValue();
  }
}
