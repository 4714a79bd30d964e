package dev.purser.samples.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Settlement;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A recorded exchange whose answer states what it costs. */
record PricedExchange(String id, JsonNode all) {

  /** When the prices were written down; some recordings do not say when they were made. */
  private static final Instant DATE_OF_PRICES = Instant.parse("2026-08-21T00:00:00Z");

  boolean isPriced() {
    return cost().isObject();
  }

  private JsonNode cost() {
    return all.path("expected").path("provider_cost");
  }

  JsonNode extra() {
    return all.path("expected").path("extra");
  }

  String provider() {
    return all.path("provider").asText();
  }

  /** Whether what is said to be cached and written is more than all that was read. */
  boolean contradictsItself() {
    JsonNode expected = all.path("expected");
    return expected.path("input_uncached").isNull()
        && !expected.path("input_total").isNull();
  }

  /** Returns what the answer says, in dollars; xAI's ticks are 1e-10 of one. */
  BigDecimal dollars() {
    BigDecimal number = new BigDecimal(cost().path("text").asText());
    return cost().path("unit").asText().startsWith("1e-10") ? number.movePointLeft(10) : number;
  }

  Instant at() {
    String date = all.path("response").path("headers").path("date").asText("");
    return date.isEmpty()
        ? DATE_OF_PRICES
        : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  /** Reads the request; what was lost of it is made up. Null if no dialect does. */
  @Nullable WireCall call() {
    JsonNode request = all.path("request");
    URI url = URI.create(request.path("url").asText());
    String method = request.path("method").asText();
    Dialect dialect = Dialects.find(method, url.getHost(), url.getRawPath());
    String body = request.path("body_text").asText();
    return dialect == null
        ? null
        : dialect.read(new WireRequest(
            method,
            url.getHost(),
            url.getRawPath(),
            url.getRawQuery(),
            found(request.path("headers")),
            (request.path("synthetic").asBoolean() ? madeUp() : body).getBytes(UTF_8)));
  }

  private String madeUp() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("model", all.path("request").path("facts").path("model"));
    body.put("stream", all.path("stream").asBoolean());
    body.putArray("messages").addObject().put("role", "user").put("content", "x");
    return body.toString();
  }

  /** Meters the answer; null if it then does not say what it used. */
  @Nullable Settlement settlement(WireCall call) {
    JsonNode response = all.path("response");
    JsonNode headers = response.path("headers");
    Meter meter = call.meter(
        new AnswerHead(
            response.path("status").asInt(),
            headers.path("content-type").textValue(),
            null,
            found(headers)),
        false);
    String text = response.path("body_text").asText();
    byte[] body = response.path("body_encoding").asText().equals("base64")
        ? Base64.getDecoder().decode(text)
        : text.getBytes(UTF_8);
    meter.accept(body, 0, body.length, (bytes, offset, length) -> {});
    meter.end((bytes, offset, length) -> {});
    return meter.reading().settlement();
  }

  /** The corpus writes their names in lower case. */
  private static Function<String, @Nullable String> found(JsonNode headers) {
    return name -> headers.path(name.toLowerCase(Locale.ROOT)).textValue();
  }
}
