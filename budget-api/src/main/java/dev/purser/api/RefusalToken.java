package dev.purser.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal as one word. */
final class RefusalToken {

  private static final FactsToken TOKEN = new FactsToken("purser-refusal-v1");

  private RefusalToken() {}

  static String write(Refusal refusal) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("reason", refusal.reason().name());
    facts.put("budget", refusal.budget());
    facts.put("scope", refusal.scope());
    facts.put("owner", refusal.owner());
    facts.put("measure", refusal.measure().name());
    facts.put("limit", refusal.limit());
    facts.put("settled", refusal.settled());
    facts.put("held", refusal.held());
    facts.put("requested", refusal.requested());
    facts.put("resets", refusal.resetsAt());
    return TOKEN.write(facts);
  }

  static Optional<Refusal> find(CharSequence text) {
    return TOKEN.find(text, RefusalToken::read);
  }

  private static Refusal read(FactsToken.Facts facts) {
    String resets = facts.optional("resets");
    return new Refusal(
        Refusal.Reason.valueOf(facts.required("reason")),
        facts.required("budget"),
        facts.required("scope"),
        facts.required("owner"),
        Measure.valueOf(facts.required("measure")),
        facts.number("limit"),
        facts.number("settled"),
        facts.number("held"),
        facts.number("requested"),
        resets == null ? null : Instant.parse(resets));
  }
}
