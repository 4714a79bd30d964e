package dev.purser.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as one word. A form-encoded list of facts has no character that JSON, an HTTP header or
 * an exception's message would escape, so it can be read back whatever an SDK made of the answer,
 * and without a JSON parser.
 */
final class RefusalToken {

  private static final String MARK = "purser-refusal-v1?";
  private static final Pattern TOKEN =
      Pattern.compile(Pattern.quote(MARK) + "([A-Za-z0-9%&=._~+*-]+)");

  private RefusalToken() {}

  static String write(Refusal refusal) {
    StringBuilder token = new StringBuilder(MARK);
    put(token, "reason", refusal.reason().name());
    put(token, "budget", refusal.budget());
    put(token, "scope", refusal.scope());
    put(token, "owner", refusal.owner());
    put(token, "measure", refusal.measure().name());
    put(token, "limit", Long.toString(refusal.limit()));
    put(token, "settled", Long.toString(refusal.settled()));
    put(token, "held", Long.toString(refusal.held()));
    put(token, "requested", Long.toString(refusal.requested()));
    Instant resetsAt = refusal.resetsAt();
    if (resetsAt != null) {
      put(token, "resets", resetsAt.toString());
    }
    return token.toString();
  }

  private static void put(StringBuilder token, String name, String value) {
    if (token.charAt(token.length() - 1) != '?') {
      token.append('&');
    }
    token.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  static Optional<Refusal> find(CharSequence text) {
    var token = TOKEN.matcher(text);
    if (!token.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(token.group(1)));
    } catch (IllegalArgumentException | DateTimeException e) {
      // Somebody else's text, or a cut one: it carries no refusal that could be trusted.
      return Optional.empty();
    }
  }

  private static Refusal read(String token) {
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
    String resets = facts.get("resets");
    return new Refusal(
        Refusal.Reason.valueOf(required(facts.get("reason"))),
        required(facts.get("budget")),
        required(facts.get("scope")),
        required(facts.get("owner")),
        Measure.valueOf(required(facts.get("measure"))),
        Long.parseLong(required(facts.get("limit"))),
        Long.parseLong(required(facts.get("settled"))),
        Long.parseLong(required(facts.get("held"))),
        Long.parseLong(required(facts.get("requested"))),
        resets == null ? null : Instant.parse(resets));
  }

  private static String required(@Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("a fact is missing");
    }
    return value;
  }
}
