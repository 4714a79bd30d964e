package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.SeenUsage;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import org.junit.jupiter.api.Test;

/**
 * Traps 23, 25 and 28: usage in a chunk that also has choices, after the finish reason, or in several
 * cumulative chunks; an explicit zero that is taken for missing; what was stated before an error.
 */
class UsageInOddPlacesTrap25Test {

  private static String event(String delta, String finish, String usage) {
    return "data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta
        + ",\"finish_reason\":" + finish + "}],\"usage\":" + usage + "}\n\n";
  }

  private static String text(String text, String usage) {
    return event("{\"content\":\"" + text + "\"}", "null", usage);
  }

  private static String usage(long in, long out) {
    return "{\"prompt_tokens\":" + in + ",\"completion_tokens\":" + out + "}";
  }

  private static Meter.Reading read(String events) {
    Calls.Answer whole = Calls.pass(Calls.streaming().meter(Calls.sse(), false), events);
    Calls.Answer split =
        Calls.pass(Calls.streaming().meter(Calls.sse(), false), events.getBytes(UTF_8), 1);
    assertThat(whole.text()).isEqualTo(events);
    assertThat(split.reading()).isEqualTo(whole.reading());
    return whole.reading();
  }

  private static Usage settled(String events) {
    return read(events).settlement().usage();
  }

  @Test
  void besideTheLastText() {
    assertThat(settled(event("{\"content\":\"b\"}", "\"stop\"", usage(9, 2)) + "data: [DONE]\n\n"))
        .isEqualTo(Usage.ofTokens(9, 2));
  }

  @Test
  void afterTheFinishReasonInAChunkWithChoices() {
    assertThat(settled(text("a", "null")
            + event("{}", "\"stop\"", "null")
            + event("{}", "null", usage(9, 1))
            + "data: [DONE]\n\n"))
        .isEqualTo(Usage.ofTokens(9, 1));
  }

  @Test
  void cumulativeInEveryChunkIsNeverAdded() {
    assertThat(settled(
            text("a", usage(9, 1)) + text("b", usage(9, 2)) + event("{}", "\"stop\"", usage(9, 2))))
        .isEqualTo(Usage.ofTokens(9, 2));
  }

  @Test
  void cumulativeUsageOfAStreamThatIsCutIsSeenAndTheTextAfterItIsBounded() {
    Meter.Reading cut =
        read(text("a", usage(9, 1)) + text("b", usage(9, 2)) + text("more", "null"));

    assertThat(cut.settlement()).isNull();
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    SeenUsage seen = cut.seen();
    assertThat(seen.stated()).isEqualTo(Usage.ofTokens(9, 2));
    assertThat(seen.inputStated() && seen.outputStated()).isTrue();
    assertThat(seen.visibleTokens()).isBetween(1L, 4L);
  }

  @Test
  void anExplicitZeroIsZeroAndNotMissing() {
    assertThat(settled(event("{}", "\"stop\"", usage(0, 0)) + "data: [DONE]\n\n"))
        .isEqualTo(Usage.NONE);
  }

  @Test
  void anExplicitNullIsMissing() {
    Meter.Reading reading =
        read(text("a", "null") + event("{}", "\"stop\"", "null") + "data: [DONE]\n\n");

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(reading.seen().visibleTokens()).isPositive();
  }

  @Test
  void whatWasStatedBeforeAnErrorInMidStreamIsNotLost() {
    Meter.Reading reading = read(text("abc", usage(9, 1))
        + "event: error\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n");

    SeenUsage seen = reading.seen();
    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(seen.stated()).isEqualTo(Usage.ofTokens(9, 1));
  }
}
