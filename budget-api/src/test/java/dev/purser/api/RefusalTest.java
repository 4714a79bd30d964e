package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RefusalTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");

  private static Refusal refusal(Refusal.Reason reason, Instant resetsAt) {
    return new Refusal(
        reason,
        "tripwire",
        "key=alice",
        "dana@acme.dev",
        Measure.USD,
        Usd.of("1").nanos(),
        Usd.of("0.90").nanos(),
        0,
        Usd.of("0.18").nanos(),
        resetsAt);
  }

  @Test
  void theMessageTellsAPersonEveryFact() {
    assertThat(refusal(Refusal.Reason.EXHAUSTED, MIDNIGHT).message())
        .isEqualTo(
            "Refused: budget \"tripwire\" (key=alice) is exhausted: $0.90 spent and $0.00 held of"
                + " $1.00, the call needs up to $0.18; resets at 2026-11-24T00:00:00Z;"
                + " owner dana@acme.dev");
    assertThat(refusal(Refusal.Reason.HELD, null).message())
        .contains("is held by open calls")
        .contains("does not reset");
  }

  @Test
  void aHeldRefusalMayBeTriedSoonAnExhaustedOneAtTheReset() {
    Instant now = MIDNIGHT.minusSeconds(90);
    assertThat(refusal(Refusal.Reason.HELD, MIDNIGHT).retryAfter(now))
        .contains(Duration.ofSeconds(1));
    assertThat(refusal(Refusal.Reason.EXHAUSTED, MIDNIGHT).retryAfter(now))
        .contains(Duration.ofSeconds(90));
    assertThat(refusal(Refusal.Reason.EXHAUSTED, MIDNIGHT).retryAfter(MIDNIGHT.plusSeconds(1)))
        .contains(Duration.ZERO);
    assertThat(refusal(Refusal.Reason.EXHAUSTED, null).retryAfter(now)).isEmpty();
  }

  @Property
  void theTokenSurvivesWhateverIsAroundIt(
      @ForAll @NotEmpty String budget, @ForAll String scope, @ForAll long settled) {
    Refusal refusal = new Refusal(
        Refusal.Reason.EXHAUSTED,
        budget,
        scope,
        "dana",
        Measure.TOKENS,
        10,
        settled,
        0,
        5,
        MIDNIGHT);

    assertThat(Refusal.parse("{error={purser=" + refusal.token() + ", x=1}}"))
        .isEqualTo(Refusal.parse("\"" + refusal.token() + "\""));
    if (wellFormed(budget) && wellFormed(scope)) {
      assertThat(Refusal.parse("402: {\"purser\":\"" + refusal.token() + "\"}")).contains(refusal);
    }
  }

  /** A lone surrogate has no UTF-8 form, so no encoding could bring it back. */
  private static boolean wellFormed(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Test
  void textWithoutATokenOrWithACutOneHoldsNoRefusal() {
    String token = refusal(Refusal.Reason.HELD, MIDNIGHT).token();

    assertThat(Refusal.parse("rate limit exceeded")).isEmpty();
    assertThat(Refusal.parse(token.substring(0, token.length() / 2))).isEmpty();
    assertThat(Refusal.parse(token.replace("HELD", "MAYBE"))).isEmpty();
    assertThat(Refusal.parse(token.replace("limit=1000000000", "limit=x"))).isEmpty();
  }

  @Test
  void theExceptionCarriesTheRefusal() {
    Refusal refusal = refusal(Refusal.Reason.EXHAUSTED, MIDNIGHT);

    assertThat(new BudgetExceededException(refusal))
        .hasMessage(refusal.message())
        .extracting(BudgetExceededException::refusal)
        .isEqualTo(refusal);
  }
}
