package dev.purser.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A denial as one word. */
final class DenialToken {

  private static final FactsToken TOKEN = new FactsToken("purser-denial-v1");

  private DenialToken() {}

  static String write(Denial denial) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("reason", denial.reason().name());
    facts.put("key", denial.key());
    facts.put("owner", denial.owner());
    facts.put("detail", denial.detail());
    return TOKEN.write(facts);
  }

  static Optional<Denial> find(CharSequence text) {
    return TOKEN.find(
        text,
        facts -> new Denial(
            Denial.Reason.valueOf(facts.required("reason")),
            facts.required("key"),
            facts.optional("owner"),
            facts.required("detail")));
  }
}
