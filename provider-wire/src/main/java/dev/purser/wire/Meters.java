package dev.purser.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses how an answer is to be metered, by its head. */
final class Meters {

  private static final int FIRST_ERROR_STATUS = 400;

  private Meters() {}

  static Meter choose(
      WireCall.AnswerHead head, boolean streamAsked, boolean hideUsage, AnswerReader reader) {
    if (head.status() >= FIRST_ERROR_STATUS) {
      return new PassingMeter(); // no provider bills an error
    }
    String encoding = normal(head.contentEncoding());
    boolean plain = encoding.isEmpty() || encoding.equals("identity");
    Meter meter = byType(normal(head.contentType()), streamAsked, hideUsage && plain, reader);
    return plain ? meter : new InflatingMeter(Inflation.of(encoding), meter, reader);
  }

  private static Meter byType(
      String type, boolean streamAsked, boolean hideUsage, AnswerReader reader) {
    if (type.startsWith("text/event-stream")) {
      return new SseMeter(reader, hideUsage);
    }
    boolean json = type.startsWith("application/json") || type.contains("+json");
    return json || !streamAsked
        ? new JsonMeter(reader)
        : new SniffingMeter(new JsonMeter(reader), new SseMeter(reader, hideUsage));
  }

  private static String normal(@Nullable String header) {
    return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
  }
}
