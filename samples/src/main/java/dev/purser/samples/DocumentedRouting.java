package dev.purser.samples;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Secret;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.okhttp.BudgetInterceptor;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** The lines that {@code docs/routing.md} shows, compiled so that they stay true. */
final class DocumentedRouting {

  private DocumentedRouting() {}

  static Purser routed() {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.quarterly("AI coding", Usd.of("250000")).downgradeAt(80, "routine"))
        .task("routine", Candidate.of("claude-haiku-4-5"), Candidate.of("gpt-5-mini"))
        .task(
            "complex",
            Candidate.of("claude-opus-4-6").until(60).ofBudget("AI coding"),
            Candidate.of("claude-sonnet-4-5").costAtMost(Usd.of("2")),
            Candidate.of("gpt-5.4"))
        .routing(
            rules -> rules.otherwise("routine").bySize("routine", "complex").attempts(3))
        .build();
    return purser;
  }

  static void classified(PurserBuilder builder) {
    builder.classifier(intent -> intent.prompt().tools() > 5 ? "complex" : null);
  }

  static OkHttpClient upstream(Purser purser, Supplier<Secret> groqKey) {
    OkHttpClient http = new OkHttpClient.Builder()
        .addInterceptor(BudgetInterceptor.builder(purser)
            .upstream("groq", "https://api.groq.com/openai/v1", groqKey)
            .build())
        .build();
    return http;
  }
}
