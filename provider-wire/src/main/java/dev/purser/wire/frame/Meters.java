package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.answer.AnswerReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses how an answer is to be metered, by its head. */
public final class Meters {

  private static final int FIRST_ERROR_STATUS = 400;

  private Meters() {}

  /**
   * Returns a meter for an answer.
   *
   * @param streamAsked whether the answer may come in several pieces
   * @param hideUsage whether to keep back server-sent events that state nothing but usage
   */
  public static Meter choose(
      AnswerHead head, boolean streamAsked, boolean hideUsage, AnswerReader reader) {
    String encoding = normal(head.contentEncoding());
    boolean plain = encoding.isEmpty() || encoding.equals("identity");
    if (head.status() >= FIRST_ERROR_STATUS) { // no provider bills it
      Meter error = new ErrorMeter(head);
      return plain ? error : new InflatingMeter(Inflation.of(encoding), error, () -> {});
    }
    Meter meter = byType(normal(head.contentType()), streamAsked, hideUsage && plain, reader);
    Meter inflated =
        plain ? meter : new InflatingMeter(Inflation.of(encoding), meter, reader::malformed);
    return CostHeaderMeter.of(head, inflated);
  }

  private static Meter byType(
      String type, boolean streamAsked, boolean hideUsage, AnswerReader reader) {
    if (type.startsWith("text/event-stream")) {
      return new SseMeter(reader, hideUsage);
    }
    if (type.startsWith("application/vnd.amazon.eventstream")) {
      return new EventStreamMeter(reader);
    }
    Meter json = streamAsked ? new JsonStreamMeter(reader) : new JsonMeter(reader);
    boolean stated = type.startsWith("application/") && type.contains("json");
    if (!stated && reader.takesAnything()) {
      Meter opaque = new OpaqueMeter(reader);
      // Sound may begin with any byte, text of another API's hardly with a brace.
      return type.startsWith("audio/") ? opaque : new SniffingMeter(json, opaque, opaque);
    }
    return stated || !streamAsked
        ? json
        : new SniffingMeter(json, new SseMeter(reader, hideUsage), new EventStreamMeter(reader));
  }

  private static String normal(@Nullable String header) {
    return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
  }
}
