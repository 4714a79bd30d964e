package dev.purser.core.content;

import dev.purser.spi.Redactor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much of prompts and answers is recorded, and what is taken out of it before. Immutable; safe for
 * use by several threads.
 *
 * <p>A secret that stands across the limit must not be recorded in part. So more is taken than recorded,
 * it is redacted, and then cut: whatever stands at the limit was whole when it was looked at. At the end
 * of what was taken, where a secret may be cut too, it is not recorded: {@link #END} characters are left
 * out there, if the text went on.
 */
public final class ContentRules {

  /** Nothing is recorded. */
  public static final ContentRules NONE = new ContentRules(0, List.of());

  /** More than a secret has that is not known by its beginning, such as an e-mail address. */
  private static final int END = 512;

  private static final int BEYOND = 2 * END;
  private static final int MOST = 1_000_000;

  private final int most;
  private final List<Redactor> redactors;

  /**
   * Makes rules.
   *
   * @param most how many characters are recorded of a prompt, and of an answer; 0 for none
   */
  private ContentRules(int most, List<Redactor> redactors) {
    this.most = most;
    this.redactors = List.copyOf(redactors);
  }

  /**
   * Returns rules that record something.
   *
   * @param characters how many of a prompt, and of an answer
   * @throws IllegalArgumentException if that is not from 1 to 1,000,000
   */
  public static ContentRules of(int characters, List<Redactor> redactors) {
    if (characters < 1 || characters > MOST) {
      throw new IllegalArgumentException(
          "recordContent: from 1 to " + MOST + " characters, not " + characters);
    }
    return new ContentRules(characters, redactors);
  }

  /** Returns how many characters are worth taking; 0 for none. */
  public int wanted() {
    return most == 0 ? 0 : most + BEYOND;
  }

  /**
   * Returns what is recorded of a text; null for nothing.
   *
   * @param text of which only the beginning may have been taken
   * @param failed gets what a redactor failed with; then nothing is recorded
   */
  public @Nullable String recorded(CharSequence text, Consumer<Throwable> failed) {
    if (most == 0) {
      return null;
    }
    try {
      boolean goesOn = text.length() >= wanted();
      String redacted = JsonEscapes.resolved(goesOn ? text.subSequence(0, wanted()) : text);
      for (Redactor redactor : redactors) {
        redacted = redactor.redact(redacted);
      }
      int end = goesOn ? Math.max(0, redacted.length() - END) : redacted.length();
      return beginning(redacted, Math.min(end, most));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failed.accept(e);
      return null;
    }
  }

  private static String beginning(String text, int end) {
    boolean inPair =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, inPair ? end - 1 : end);
  }
}
