package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChatCompletionsTest {

  @Test
  void aRefusalHasTheShapeOfOpenAisErrors() throws JsonProcessingException {
    Refusal exhausted = refusal(Refusal.Reason.EXHAUSTED);
    JsonNode error = error(exhausted);

    assertThat(error.path("message").textValue()).isEqualTo(exhausted.message());
    assertThat(error.path("type").textValue()).isEqualTo("insufficient_quota");
    assertThat(error.path("code").textValue()).isEqualTo("budget_exhausted");
    assertThat(error.has("param")).isTrue();
    JsonNode held = error(refusal(Refusal.Reason.HELD));
    assertThat(held.path("type").textValue()).isEqualTo("rate_limit_error");
    assertThat(held.path("code").textValue()).isEqualTo("budget_held");
  }

  @Test
  void theFactsOfARefusalCanBeReadBack() {
    Refusal refusal = refusal(Refusal.Reason.HELD);

    assertThat(Refusal.parse(new ChatCompletions().refusalBody(refusal))).contains(refusal);
  }

  private static JsonNode error(Refusal refusal) throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(new ChatCompletions().refusalBody(refusal))
        .path("error");
  }

  private static Refusal refusal(Refusal.Reason reason) {
    return new Refusal(
        reason,
        "the \"big\" one",
        "key=alice",
        "dana@acme.dev",
        Measure.USD,
        1_000_000_000,
        900_000_000,
        0,
        180_000_000,
        Instant.parse("2026-11-24T00:00:00Z"));
  }
}
