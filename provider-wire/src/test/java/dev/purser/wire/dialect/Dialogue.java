package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.wire.Calls;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Requests of any API, and what is made of their answers however they are cut up. */
final class Dialogue {

  private Dialogue() {}

  static WireCall call(String method, String url, String body) {
    int slash = url.indexOf('/');
    String host = url.substring(0, slash);
    String path = url.substring(slash);
    Dialect dialect = Objects.requireNonNull(Dialects.find(method, host, path), url);
    WireRequest request =
        new WireRequest(method, host, path, null, name -> null, body.getBytes(UTF_8));
    return Objects.requireNonNull(dialect.read(request), "unread");
  }

  static Reading stream(WireCall call, String answer) {
    return agreed(call, answer.getBytes(UTF_8), "text/event-stream");
  }

  static Reading json(WireCall call, String answer) {
    return agreed(call, answer.getBytes(UTF_8), "application/json");
  }

  /** One byte after the other, and all at once: what is read must not depend on it. */
  static Reading agreed(WireCall call, byte[] answer, String type) {
    return agreed(call, answer, new WireCall.AnswerHead(200, type, null));
  }

  static Reading agreed(WireCall call, byte[] answer, WireCall.AnswerHead head) {
    Calls.Answer whole = Calls.pass(call.meter(head, false), answer, Integer.MAX_VALUE);
    Calls.Answer bytewise = Calls.pass(call.meter(head, false), answer, 1);
    if (!whole.reading().equals(bytewise.reading())) {
      throw new AssertionError(whole.reading() + " at once, but " + bytewise.reading());
    }
    return whole.reading();
  }

  static WireCall.AnswerHead head(String type, Map<String, String> headers) {
    return new WireCall.AnswerHead(
        200, type, null, name -> headers.get(name.toLowerCase(Locale.ROOT)));
  }

  static Settlement settled(Reading reading) {
    return Objects.requireNonNull(reading.settlement(), reading.toString());
  }

  static SeenUsage seen(Reading reading) {
    return Objects.requireNonNull(reading.seen(), reading.toString());
  }
}
