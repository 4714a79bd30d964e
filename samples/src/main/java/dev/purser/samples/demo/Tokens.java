package dev.purser.samples.demo;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/** Texts and their size in tokens of {@code gpt-4o} (o200k_base). Safe for use by several threads. */
final class Tokens {

  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** Each is one token with the space before it, and the first also without. */
  private static final List<String> WORDS = List.of(
      "the loop asks the model for more and the model gives it more of the same so that the bill"
          .split(" "));

  private Tokens() {}

  /** Returns the number of tokens in a text; what looks like a special token is plain text. */
  static int count(String text) {
    return O200K.countTokensOrdinary(text);
  }

  /** Returns a text of exactly so many tokens, of less than five characters each on average. */
  static String text(int tokens) {
    StringBuilder text = new StringBuilder(tokens * 5);
    for (int i = 0; i < tokens; i++) {
      // A tokenizer splits words before it merges anything, so the tokens of words simply add up.
      text.append(i == 0 ? "" : " ").append(WORDS.get(i % WORDS.size()));
    }
    return text.toString();
  }
}
