package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.dialect.Dialects;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as adapters make them, and answers fed piece by piece. */
public final class Calls {

  public static final String HOST = "api.openai.com";
  public static final String PATH = "/v1/chat/completions";

  private Calls() {}

  public static @Nullable WireCall read(String body) {
    return read(HOST, PATH, Map.of(), body.getBytes(UTF_8));
  }

  public static @Nullable WireCall read(
      String host, String path, Map<String, String> headers, byte[] body) {
    int mark = path.indexOf('?');
    String query = mark < 0 ? null : path.substring(mark + 1);
    String pathOnly = mark < 0 ? path : path.substring(0, mark);
    Dialect dialect = Dialects.find("POST", host, pathOnly);
    if (dialect == null) {
      return null;
    }
    return dialect.read(new WireRequest(
        "POST", host, pathOnly, query, name -> headers.get(name.toLowerCase(Locale.ROOT)), body));
  }

  public static WireCall plain() {
    return read("{\"model\":\"gpt-4o\",\"messages\":[]}");
  }

  public static WireCall streaming() {
    return read("{\"model\":\"gpt-4o\",\"messages\":[],\"stream\":true}");
  }

  public static AnswerHead sse() {
    return new AnswerHead(200, "text/event-stream; charset=utf-8", null);
  }

  public static AnswerHead json() {
    return new AnswerHead(200, "application/json", null);
  }

  public static Answer pass(Meter meter, String answer) {
    byte[] bytes = answer.getBytes(UTF_8);
    return pass(meter, bytes, bytes.length);
  }

  /** Feeds an answer in pieces of the given sizes, the last of which repeats. */
  public static Answer pass(Meter meter, byte[] answer, int... sizes) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    int at = 0;
    int piece = 0;
    while (at < answer.length) {
      int size = sizes[Math.min(piece++, sizes.length - 1)];
      int length = Math.max(1, Math.min(size, answer.length - at));
      byte[] lent = new byte[length + 2]; // a slice, scribbled over afterwards
      System.arraycopy(answer, at, lent, 1, length);
      meter.accept(lent, 1, length, seen::write);
      Arrays.fill(lent, (byte) '"');
      at += length;
    }
    meter.end(seen::write);
    return new Answer(seen.toByteArray(), meter.reading());
  }

  /** What the caller saw, and what the meter made of it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by tests with isEqualTo on the parts
  public record Answer(byte[] seen, Meter.Reading reading) {
    public String text() {
      return new String(seen, UTF_8);
    }
  }
}
