package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.corpus.Feeding;
import org.junit.jupiter.api.Test;

/** What damaged answers brought to light, each as short as it gets. */
class FoundByFuzzingTest {

  /** What is too long to be kept took room from what came after it, if it came in pieces. */
  @Test
  void aWantedValueThatIsTooLongCostsTheSameInAnyPieces() {
    SmallAnswer json = SmallAnswers.ALL.get(0);
    byte[] body = ("{\"model\":\"" + "a".repeat(300_000)
            + "\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3}}")
        .getBytes(UTF_8);

    assertThat(Feeding.byteByByte(meter(json), body).reading())
        .isEqualTo(Feeding.whole(meter(json), body).reading());
  }

  /** To ask in between fixed what was known then; adapters ask after each piece. */
  @Test
  void toAskAfterTheEndOfAStreamChangesNothing() {
    SmallAnswer sse = SmallAnswers.ALL.get(1);
    byte[] start =
        ("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3}}"
                + "\n\ndata: [DONE]\n\n")
            .getBytes(UTF_8);
    byte[] more =
        ("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}],"
                + "\"filler\":\"........................\"}\n\n")
            .getBytes(UTF_8);

    assertThat(reading(meter(sse), start, more, true))
        .isEqualTo(reading(meter(sse), start, more, false));
  }

  private static Meter.Reading reading(Meter meter, byte[] start, byte[] more, boolean ask) {
    meter.accept(start, 0, start.length, (bytes, offset, length) -> {});
    if (ask) {
      assertThat(meter.reading().finished()).isTrue();
    }
    meter.accept(more, 0, more.length, (bytes, offset, length) -> {});
    meter.end((bytes, offset, length) -> {});
    return meter.reading();
  }

  private static Meter meter(SmallAnswer answer) {
    WireCall call = answer.call();
    return call.meter(answer.head(null), false);
  }
}
