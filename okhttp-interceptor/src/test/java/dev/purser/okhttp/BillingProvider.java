package dev.purser.okhttp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;

/** Answers every call with 12 tokens read and 7 written, and keeps the bill by prices of its own. */
final class BillingProvider extends Dispatcher {

  private static final int INPUT = 12;
  private static final int OUTPUT = 7;
  private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");

  /** Nano-dollars for a token read and for one written. */
  private static final Map<String, long[]> PRICES = Map.of(
      "gpt-4o", new long[] {2_500, 10_000},
      "gpt-4o-mini", new long[] {150, 600},
      "llama-3.3-70b-versatile", new long[] {590, 790});

  private final AtomicLong billed = new AtomicLong();
  private final List<String> models = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;

  /** What is the matter. */
  enum Mood {
    WELL,
    FAILING,
    BUSY,
    /** Does the work, and bills it, but does not get to answer. */
    SLOW,
    /** Breaks off in the middle of a stream. */
    BREAKING
  }

  void is(Mood next) {
    mood = next;
  }

  long billed() {
    return billed.get();
  }

  List<String> models() {
    return models;
  }

  List<String> bodies() {
    return bodies;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String body = request.getBody().readUtf8();
    Matcher named = MODEL.matcher(body);
    String model = named.find() ? named.group(1) : "none";
    bodies.add(body);
    models.add(model);
    return switch (mood) {
      case WELL -> {
        bill(model);
        yield body.contains("\"stream\":true")
            ? OverHttp.events(OverHttp.delta("hello") + OverHttp.USAGE_EVENT + OverHttp.DONE_EVENT)
            : OverHttp.json(OverHttp.ANSWER.replace("gpt-4o-2024-08-06", model));
      }
      case FAILING ->
        OverHttp.json("{\"error\":{\"message\":\"out of order\"}}").setResponseCode(500);
      case BUSY ->
        OverHttp.json("{\"error\":{\"message\":\"too many\"}}")
            .setResponseCode(429)
            .setHeader("Retry-After", "20");
      case SLOW -> {
        bill(model);
        yield new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
      }
      case BREAKING ->
        OverHttp.events(OverHttp.delta("one two three") + OverHttp.delta("four ".repeat(200)))
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
    };
  }

  private void bill(String model) {
    long[] price = PRICES.get(model);
    billed.addAndGet(INPUT * price[0] + OUTPUT * price[1]);
  }
}
