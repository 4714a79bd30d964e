package dev.purser.wire.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireRequest;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One recorded exchange: what was asked, what came, and what it should be metered as. */
public record Exchange(String id, JsonNode all) {

  private static final int FIRST_ERROR_STATUS = 400;

  /** Returns who answered and by which API, such as {@code openai chat.completions}. */
  public String group() {
    return all.path("provider").asText() + " " + all.path("api").asText();
  }

  JsonNode expected() {
    return all.path("expected");
  }

  JsonNode extra() {
    return expected().path("extra");
  }

  JsonNode facts() {
    return all.path("request").path("facts");
  }

  String outcome() {
    return expected().path("outcome").asText();
  }

  String billable() {
    return expected().path("billable").asText();
  }

  int status() {
    return all.path("response").path("status").asInt();
  }

  boolean failed() {
    return status() >= FIRST_ERROR_STATUS;
  }

  /** Some requests were lost, and made up from what is known of them; then nothing can be compared. */
  boolean requestIsReal() {
    JsonNode request = all.path("request");
    return !request.path("synthetic").asBoolean()
        && (request.path("body_text").isTextual() || method().equals("GET"));
  }

  private String method() {
    return all.path("request").path("method").asText();
  }

  /** Returns the request as an adapter sees it; what was lost of its body is made up. */
  public WireRequest request() {
    JsonNode request = all.path("request");
    URI url = URI.create(request.path("url").asText());
    Map<String, String> headers = lower(request.path("headers"));
    String authentication = request.path("auth_header").asText();
    for (String name : authentication.replaceAll("\\(.*\\)", "").split(",", -1)) {
      headers.putIfAbsent(name.strip(), credential(name.strip(), authentication));
    }
    byte[] body = requestIsReal()
        ? request.path("body_text").asText("").getBytes(UTF_8)
        : MadeUpBody.of(this, url.getRawPath(), headers.get("content-type"));
    return new WireRequest(
        method(), url.getHost(), url.getRawPath(), url.getRawQuery(), found(headers), body);
  }

  /** Their values were never recorded. */
  private static String credential(String header, String authentication) {
    if (!header.equals("authorization")) {
      return "k";
    }
    return authentication.contains("x-amz")
        ? "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/bedrock/aws4_request, Signature=0"
        : "Bearer k";
  }

  /** Returns the answer's bytes. */
  public byte[] body() {
    JsonNode response = all.path("response");
    String text = response.path("body_text").asText();
    return response.path("body_encoding").asText().equals("base64")
        ? Base64.getDecoder().decode(text)
        : text.getBytes(UTF_8);
  }

  /** Returns the answer's head. The bodies were recorded as the caller saw them: not compressed. */
  public AnswerHead head() {
    Map<String, String> headers = lower(all.path("response").path("headers"));
    return new AnswerHead(
        status(), headers.get("content-type"), headers.get("content-encoding"), found(headers));
  }

  private static Map<String, String> lower(JsonNode headers) {
    Map<String, String> map = new HashMap<>();
    headers
        .properties()
        .forEach(each ->
            map.put(each.getKey().toLowerCase(Locale.ROOT), each.getValue().asText()));
    return map;
  }

  private static Function<String, @Nullable String> found(Map<String, String> headers) {
    return name -> headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return id;
  }
}
