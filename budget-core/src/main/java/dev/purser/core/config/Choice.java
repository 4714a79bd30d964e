package dev.purser.core.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A word out of a few.
 *
 * @param what what the words are for
 * @param values the values by their words in lower case, in the order to list them
 */
record Choice<T>(String what, Map<String, T> values) implements Function<String, T> {

  /** Returns the choice between the constants of an enum, {@code INPUT_TOKENS} as input-tokens. */
  static <E extends Enum<E>> Choice<E> of(String what, Class<E> constants) {
    return new Choice<>(
        what,
        Stream.of(constants.getEnumConstants())
            .collect(Collectors.toMap(
                Choice::word, constant -> constant, (a, b) -> a, LinkedHashMap::new)));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public T apply(String text) {
    T value = values.get(text.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new IllegalArgumentException(
          "unknown " + what + " " + Excerpt.quoted(text) + Spelling.hint(text, values.keySet()));
    }
    return value;
  }
}
