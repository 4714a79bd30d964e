package dev.purser.wire.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorShapeTest {

  private static Refusal refusal(Refusal.Reason reason) {
    return new Refusal(reason, "tripwire", "key=alice", "dana", Measure.USD, 10, 10, 0, 5, null);
  }

  private static JsonNode body(ErrorShape shape, Refusal.Reason reason) throws Exception {
    return new ObjectMapper().readTree(shape.body(refusal(reason)));
  }

  @ParameterizedTest
  @EnumSource(ErrorShape.class)
  void theFactsOfARefusalComeBackFromEveryShape(ErrorShape shape) {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      assertThat(Refusal.parse(shape.body(refusal(reason)))).hasValue(refusal(reason));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, EXHAUSTED, /error/type, insufficient_quota",
    "OPENAI, HELD, /error/type, rate_limit_error",
    "OPENAI, EXHAUSTED, /error/code, budget_exhausted",
    "ANTHROPIC, EXHAUSTED, /error/type, billing_error",
    "ANTHROPIC, HELD, /error/type, rate_limit_error",
    "ANTHROPIC, HELD, /type, error",
    "GOOGLE, EXHAUSTED, /error/code, 402",
    "GOOGLE, HELD, /error/code, 429",
    "GOOGLE, HELD, /error/status, RESOURCE_EXHAUSTED",
    "OPENAI, UNAVAILABLE, /error/type, server_error",
    "OPENAI, UNAVAILABLE, /error/code, budget_unavailable",
    "ANTHROPIC, UNAVAILABLE, /error/type, api_error",
    "GOOGLE, UNAVAILABLE, /error/code, 503",
    "GOOGLE, UNAVAILABLE, /error/status, UNAVAILABLE",
  })
  void itsPlaceIsWhereTheProvidersSdkLooks(
      ErrorShape shape, Refusal.Reason reason, String at, String value) throws Exception {
    assertThat(body(shape, reason).at(at).asText()).isEqualTo(value);
  }

  @Test
  void awsAndCohereLookForAMessageAlone() throws Exception {
    JsonNode body = body(ErrorShape.MESSAGE, Refusal.Reason.HELD);

    assertThat(Objects.requireNonNull(body.get("message")).asText()).contains("tripwire");
    assertThat(body.has("error")).isFalse();
  }
}
