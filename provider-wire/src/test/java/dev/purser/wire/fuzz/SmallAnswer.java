package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call and an answer that states {@value #INPUT} tokens read and {@value #OUTPUT} written, made of a
 * start, something that may come any number of times, and an end.
 *
 * @param framing how the pieces are put together
 * @param headers of the answer, in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SmallAnswer(
    String name,
    Framing framing,
    String url,
    String request,
    Map<String, String> headers,
    byte[] start,
    byte[] again,
    byte[] end) {

  static final int INPUT = 11;
  static final int OUTPUT = 3;

  enum Framing {
    JSON("application/json"),
    SSE("text/event-stream"),
    NDJSON("application/x-ndjson"),
    JSON_ARRAY("application/json"),
    EVENT_STREAM("application/vnd.amazon.eventstream");

    final String type;

    Framing(String type) {
      this.type = type;
    }
  }

  /** Returns the call, or null if no dialect reads it. */
  @Nullable WireCall call() {
    URI to = URI.create(url);
    String method = request.isEmpty() ? "GET" : "POST";
    Dialect dialect = Dialects.find(method, to.getHost(), to.getRawPath());
    return dialect == null
        ? null
        : dialect.read(new WireRequest(
            method,
            to.getHost(),
            to.getRawPath(),
            to.getRawQuery(),
            name -> name.equalsIgnoreCase("content-type") ? "application/json" : null,
            request.getBytes(UTF_8)));
  }

  AnswerHead head(@Nullable String encoding) {
    return new AnswerHead(
        200, framing.type, encoding, name -> headers.get(name.toLowerCase(Locale.ROOT)));
  }

  byte[] body() {
    return with(again);
  }

  /** Returns the answer with something else in its middle. */
  byte[] with(byte[] middle) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(start);
    body.writeBytes(middle);
    body.writeBytes(end);
    return body.toByteArray();
  }

  /** Returns the answer with all numbers of tokens read being another. */
  SmallAnswer stating(String count) {
    return new SmallAnswer(
        name,
        framing,
        url,
        request,
        Map.copyOf(headers),
        replaced(start, count),
        again,
        replaced(end, count));
  }

  private byte[] replaced(byte[] piece, String count) {
    if (framing != Framing.EVENT_STREAM) {
      return replacedText(piece, count);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (EventFrame each : EventFrame.of(piece)) {
      frames.writeBytes(
          each.with(each.unwrapped(inner -> replacedText(inner, count))).bytes());
    }
    return frames.toByteArray();
  }

  private static byte[] replacedText(byte[] piece, String count) {
    return new String(piece, UTF_8).replace(":" + INPUT, ":" + count).getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
