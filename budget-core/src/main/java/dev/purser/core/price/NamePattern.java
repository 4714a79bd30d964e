package dev.purser.core.price;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which names an entry stands for: {@code name} is that name, {@code name*} what starts with it,
 * {@code *name} what ends with it, {@code *name*} what contains it, {@code /regex/} what the
 * expression is found in. Names are matched in lower case. Immutable.
 */
final class NamePattern {

  private final String text;
  private final Predicate<String> test;

  private NamePattern(String text, Predicate<String> test) {
    this.text = text;
    this.test = test;
  }

  /**
   * Reads a pattern, in lower case.
   *
   * @throws IllegalArgumentException if it is blank or would match every name
   */
  static NamePattern parse(String text) {
    boolean regex = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    return new NamePattern(
        text, regex ? regex(text.substring(1, text.length() - 1)) : wildcard(text));
  }

  private static Predicate<String> regex(String expression) {
    return Pattern.compile(expression).asPredicate();
  }

  private static Predicate<String> wildcard(String text) {
    boolean open = text.startsWith("*");
    boolean ajar = text.length() > 1 && text.endsWith("*");
    String part = text.substring(open ? 1 : 0, text.length() - (ajar ? 1 : 0));
    if (part.isBlank() || part.indexOf('*') >= 0) {
      throw new IllegalArgumentException("not a name pattern: \"" + text + "\"");
    }
    if (open && ajar) {
      return name -> name.contains(part);
    }
    if (open) {
      return name -> name.endsWith(part);
    }
    return ajar ? name -> name.startsWith(part) : part::equals;
  }

  /** Whether a name, given in lower case, is meant. */
  boolean matches(String name) {
    return test.test(name);
  }

  /** Whether the names meant carry a vendor's prefix, as {@code openai/gpt-4o} does. */
  boolean isPrefixed() {
    return !text.startsWith("/") && text.indexOf('/') > 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
