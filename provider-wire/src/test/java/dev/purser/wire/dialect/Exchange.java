package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.Meter.Reading;
import dev.purser.wire.frame.EventStreamMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request, and an answer as a page shows it.
 *
 * @param method the method
 * @param url host and path
 * @param request the body of the request; empty for one that any API of JSON reads
 * @param framing how the answer comes: {@code json}, {@code ndjson}, {@code sse}, {@code events} of AWS (a
 *     line each: its type, then its payload), or {@code http}, with headers before
 * @param lines the answer
 */
record Exchange(String method, String url, String request, String framing, List<String> lines) {

  private static final String ANY = "{'model':'asked','messages':[],'contents':[],'prompt':'p',"
      + "'input':'i','message':'m','text':'t','requests':[]#}";

  /** Returns the body of the request. */
  String body() {
    boolean stream = framing.equals("sse") || framing.equals("ndjson");
    String any = ANY.replace("#", stream ? ",'stream':true" : "");
    return request.isEmpty() ? any.replace('\'', '"') : request;
  }

  /** Returns what the meter makes of the answer. */
  Reading reading() {
    Map<String, String> headers = new HashMap<>();
    List<String> body = lines;
    if (framing.equals("http")) {
      int blank = lines.indexOf("");
      for (String header : lines.subList(0, blank)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      body = lines.subList(blank + 1, lines.size());
    }
    String type = switch (framing) {
      case "sse" -> "text/event-stream";
      case "ndjson" -> "application/x-ndjson";
      case "events" -> "application/vnd.amazon.eventstream";
      case "http" -> headers.getOrDefault("content-type", "application/json");
      default -> "application/json";
    };
    byte[] bytes = framing.equals("events")
        ? events(body)
        : (String.join("\n", body) + "\n\n").getBytes(UTF_8);
    return Dialogue.agreed(Dialogue.call(method, url, body()), bytes, Dialogue.head(type, headers));
  }

  private static byte[] events(List<String> lines) {
    List<byte[]> messages = new ArrayList<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      String type = line.substring(0, space);
      String json = line.substring(space + 1);
      messages.add(
          type.equals("chunk")
              ? EventStreamMessage.chunk(json)
              : EventStreamMessage.event(type, json));
    }
    return EventStreamMessage.joined(messages.toArray(byte[][]::new));
  }

  /** Returns this exchange with each document and header of the answer changed. */
  Exchange changed(UnaryOperator<String> document, UnaryOperator<String> header) {
    List<String> changed = new ArrayList<>();
    List<String> whole = new ArrayList<>();
    boolean head = framing.equals("http");
    for (String line : lines) {
      int brace = line.indexOf('{');
      if (head) {
        changed.add(header.apply(line));
        head = !line.isEmpty();
      } else if (framing.equals("json") || framing.equals("http")) {
        whole.add(line);
      } else {
        changed.add(
            brace < 0 ? line : line.substring(0, brace) + document.apply(line.substring(brace)));
      }
    }
    if (!whole.isEmpty()) {
      String all = String.join("\n", whole);
      changed.add(all.startsWith("{") ? document.apply(all) : all);
    }
    return new Exchange(method, url, request, framing, List.copyOf(changed));
  }
}
