package dev.purser.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Settlement;
import dev.purser.wire.WireCall;
import dev.purser.wire.corpus.Feeding;
import dev.purser.wire.fuzz.SmallAnswer.Framing;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is mutated elsewhere is read as it is meant while it is whole. */
class SmallAnswersTest {

  static Stream<SmallAnswer> answers() {
    return SmallAnswers.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isMetered(SmallAnswer answer) {
    WireCall call = answer.call();
    assertThat(call).as("call").isNotNull();

    Settlement settlement = Feeding.whole(call.meter(answer.head(null), false), answer.body())
        .reading()
        .settlement();

    assertThat(settlement).isNotNull();
    assertThat(settlement.inputTokens()).isEqualTo(SmallAnswer.INPUT);
    boolean writes = !answer.url().endsWith("/embeddings");
    assertThat(settlement.outputTokens()).isEqualTo(writes ? SmallAnswer.OUTPUT : 0);
  }

  static Stream<SmallAnswer> eventStreams() {
    return answers().filter(each -> each.framing() == Framing.EVENT_STREAM);
  }

  @ParameterizedTest
  @MethodSource("eventStreams")
  void framesAreWrittenAsTheyAreRead(SmallAnswer answer) {
    assertThat(EventFrame.of(answer.body())).hasSizeGreaterThan(2);
    assertThat(answer.stating("11").body()).isEqualTo(answer.body());
    assertThat(answer.stating("1e308").body()).isNotEqualTo(answer.body());
  }
}
