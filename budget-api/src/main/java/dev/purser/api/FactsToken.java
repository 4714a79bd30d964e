package dev.purser.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Facts as one word. A form-encoded list has no character that JSON, an HTTP header or an exception's
 * message would escape, so it can be read back whatever an SDK made of the answer, and without a JSON
 * parser.
 */
final class FactsToken {

  private final String mark;
  private final Pattern form;

  /**
   * A kind of token.
   *
   * @param mark what it begins with
   */
  FactsToken(String mark) {
    this.mark = mark + "?";
    form = Pattern.compile(Pattern.quote(this.mark) + "([A-Za-z0-9%&=._~+*-]+)");
  }

  /** Writes facts, in their order; those that are null are left out. */
  String write(Map<String, ? extends @Nullable Object> facts) {
    StringBuilder token = new StringBuilder(mark);
    facts.forEach((name, value) -> {
      if (value != null) {
        token
            .append(token.length() == mark.length() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      }
    });
    return token.toString();
  }

  /** Finds the first token in a text, and what its facts make; empty if they make nothing. */
  <T> Optional<T> find(CharSequence text, Function<Facts, T> make) {
    var token = form.matcher(text);
    if (!token.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(make.apply(Facts.read(token.group(1))));
    } catch (IllegalArgumentException | DateTimeException e) {
      // Somebody else's text, or a cut one: it carries no facts that could be trusted.
      return Optional.empty();
    }
  }

  /** What was read from a token. */
  record Facts(Map<String, String> byName) {

    private static Facts read(String token) {
      Map<String, String> facts = new HashMap<>();
      for (String fact : token.split("&", -1)) {
        int equals = fact.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("no fact: " + fact);
        }
        facts.put(
            fact.substring(0, equals),
            URLDecoder.decode(fact.substring(equals + 1), StandardCharsets.UTF_8));
      }
      return new Facts(facts);
    }

    @Nullable String optional(String name) {
      return byName.get(name);
    }

    String required(String name) {
      String value = byName.get(name);
      if (value == null) {
        throw new IllegalArgumentException("a fact is missing: " + name);
      }
      return value;
    }

    long number(String name) {
      return Long.parseLong(required(name));
    }
  }
}
