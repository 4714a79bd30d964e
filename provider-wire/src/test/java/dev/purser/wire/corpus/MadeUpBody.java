package dev.purser.wire.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of requests that were lost: what is known of them, and the least that makes them a call of
 * their API.
 */
final class MadeUpBody {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MadeUpBody() {}

  static byte[] of(Exchange exchange, String path, @Nullable String type) {
    int boundary = type == null ? -1 : type.indexOf("boundary=");
    if (boundary >= 0) {
      return multipart(exchange, type.substring(boundary + "boundary=".length()));
    }
    try {
      JsonNode known =
          MAPPER.readTree(exchange.all().path("request").path("body_text").asText("{}"));
      return MAPPER.writeValueAsBytes(filled((ObjectNode) known, exchange, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode filled(ObjectNode body, Exchange exchange, String path) {
    if (body.path("model").isNull()) {
      body.put("model", "command-r");
    }
    if (path.contains("enerateContent")) {
      body.withArray("contents").addObject().withArray("parts").addObject().put("text", "x");
    } else if (path.contains("/invoke")) {
      body.put("prompt", "x").put("max_tokens", 10);
    } else if (path.endsWith("/responses")) {
      body.put("input", "x");
    } else if (path.endsWith("/completions") && !path.contains("/chat/")) {
      body.put("prompt", "x");
    } else {
      body.withArray("messages").addObject().put("role", "user").put("content", "x");
    }
    if (path.endsWith("/v1/messages")) {
      body.put("max_tokens", 4096);
    }
    JsonNode model = exchange.facts().path("model");
    if (model.isTextual() && !exchange.facts().hasNonNull("path_model")) {
      body.put("model", model.asText());
    }
    return body;
  }

  /** Such requests say nothing of their model in the corpus, and nor do most of their answers. */
  private static byte[] multipart(Exchange exchange, String boundary) {
    String stream =
        exchange.all().path("stream").asBoolean() ? part(boundary, "stream", "true") : "";
    String model = exchange.expected().path("model").asText("");
    return (part(boundary, "model", model.isEmpty() ? "gpt-4o-transcribe" : model)
            + stream
            + "--" + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
            + "Content-Type: audio/wav\r\n\r\nRIFF\r\n--" + boundary + "--\r\n")
        .getBytes(UTF_8);
  }

  private static String part(String boundary, String name, String value) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
        + value + "\r\n";
  }
}
