package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import java.util.Map;

/** Requests to any host, and answers that are fed whole and byte by byte with the same outcome. */
final class Answers {

  static final AnswerHead NDJSON = new AnswerHead(200, "application/x-ndjson", null);

  private Answers() {}

  static WireCall call(String host, String path, String body) {
    WireCall call = Calls.read(host, path, Map.of(), body.getBytes(UTF_8));
    assertThat(call).as("a call of " + path).isNotNull();
    return call;
  }

  static Meter.Reading read(WireCall call, AnswerHead head, String answer) {
    byte[] bytes = answer.getBytes(UTF_8);
    Calls.Answer whole = Calls.pass(call.meter(head, false), bytes, bytes.length);
    Calls.Answer split = Calls.pass(call.meter(head, false), bytes, 1);
    assertThat(whole.text()).isEqualTo(answer);
    assertThat(split.text()).isEqualTo(answer);
    assertThat(split.reading()).isEqualTo(whole.reading());
    return whole.reading();
  }

  static Usage usage(WireCall call, AnswerHead head, String answer) {
    Meter.Reading reading = read(call, head, answer);
    assertThat(reading.settlement()).as("settled: " + reading).isNotNull();
    assertThat(reading.finished()).isTrue();
    return reading.settlement().usage();
  }
}
