package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded exchanges: what was asked and what was used is read as it was. */
class ChatCompletionsCorpusTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> recordedRequestsAndAnswers() throws IOException {
    String folder = System.getProperty("corpus.dir", "../../shared/corpus");
    Path exchanges = Path.of(folder, "exchanges");
    if (!Files.isDirectory(exchanges)) {
      return Stream.of(DynamicTest.dynamicTest(
          "no corpus", () -> assumeTrue(false, "no corpus at corpus.dir: " + exchanges)));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(exchanges)) {
      files = all.filter(file -> file.getFileName().toString().contains("chat.completions"))
          .sorted()
          .toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    JsonNode exchange = MAPPER.readTree(file.toFile());
    JsonNode request = exchange.path("request");
    WireCall call = Calls.plain();
    if (isWhole(request)) {
      call = read(request);
      assertThat(call).as("request").isNotNull();
      checkRequest(call, request.path("facts"));
    }
    JsonNode response = exchange.path("response");
    byte[] body = response.path("body_encoding").asText().equals("base64")
        ? Base64.getDecoder().decode(response.path("body_text").asText())
        : response.path("body_text").asText().getBytes(UTF_8);
    WireCall.AnswerHead head = new WireCall.AnswerHead(
        response.path("status").asInt(),
        response.path("headers").path("content-type").textValue(),
        null);
    for (int size : new int[] {Integer.MAX_VALUE, 7}) {
      Calls.Answer answer = Calls.pass(call.meter(head, false), body, size);
      assertThat(answer.seen()).isEqualTo(body);
      checkAnswer(answer.reading(), exchange);
    }
  }

  /** Some requests were lost, and made up from what is known of them. */
  private static boolean isWhole(JsonNode request) throws IOException {
    String body = request.path("body_text").asText("");
    return !request.path("synthetic").asBoolean()
        && !body.isEmpty()
        && MAPPER.readTree(body).path("messages").isArray();
  }

  private static WireCall read(JsonNode request) {
    URI url = URI.create(request.path("url").asText());
    return Calls.read(
        url.getHost(),
        url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()),
        Map.of(),
        request.path("body_text").asText().getBytes(UTF_8));
  }

  private static void checkRequest(WireCall call, JsonNode facts) {
    JsonNode model = facts.path("model");
    if (model.isTextual()) {
      assertThat(call.model().name()).isEqualTo(model.asText());
    }
    JsonNode cap = facts.path("output_cap").path("value");
    assertThat(call.outputCap().isPresent()).as("capped").isEqualTo(cap.isNumber());
    assertThat(call.outputCap().orElse(0)).as("cap").isEqualTo(cap.asLong());
    assertThat(call.stream()).isEqualTo(facts.path("stream").asBoolean());
    boolean unasked = call.stream() && !facts.path("include_usage").asBoolean();
    assertThat(call.usageUnasked()).as("asked needlessly").matches(asked -> unasked || !asked);
    if (call.model().provider().equals("openai")) {
      assertThat(call.usageUnasked()).isEqualTo(unasked);
    }
    assertThat(call.choices()).isEqualTo(facts.path("n").asInt(1));
    assertThat(call.serviceTier()).isEqualTo(facts.path("service_tier").textValue());
  }

  private static void checkAnswer(Meter.Reading reading, JsonNode exchange) {
    JsonNode expected = exchange.path("expected");
    Settlement settlement = reading.settlement();
    boolean billed = exchange.path("response").path("status").asInt() < 400
        && !expected.path("outcome").asText().equals("truncated_stream")
        && expected.path("usage_present").asBoolean();
    boolean charged = settlement != null
        && (!settlement.usage().equals(Usage.NONE)
            || expected.path("usage_present").asBoolean());
    assertThat(charged).as("settled: " + reading).isEqualTo(billed);
    if (settlement == null || !charged) {
      return;
    }
    assertThat(reading.finished()).isTrue();
    Usage usage = settlement.usage();
    assertThat(settlement.serviceTier()).isEqualTo(expected.path("service_tier").textValue());
    assertThat(settlement.answeredBy() == null ? null : settlement.answeredBy().name())
        .isEqualTo(expected.path("model").textValue());
    assertThat(usage.inputTokens()).isEqualTo(expected.path("input_total").asLong());
    assertThat(usage.outputTokens()).isEqualTo(expected.path("output_total").asLong());
    long cached =
        sum(usage, UsageKind.CACHE_READ, UsageKind.CACHE_READ_AUDIO, UsageKind.CACHE_READ_IMAGE);
    long written = usage.count(UsageKind.CACHE_WRITE_5M);
    if (expected.path("input_uncached").isNull()) {
      // The provider reports more cached and written tokens than input: cut to its total.
      assertThat(cached + written).isEqualTo(usage.inputTokens());
    } else {
      assertThat(cached).as("cached").isEqualTo(expected.path("cache_read").asLong());
      assertThat(written)
          .as("written")
          .isEqualTo(expected.path("cache_write_total").asLong());
      assertThat(usage.inputTokens() - cached - written)
          .as("uncached")
          .isEqualTo(expected.path("input_uncached").asLong());
    }
    assertThat(sum(usage, UsageKind.INPUT_AUDIO, UsageKind.CACHE_READ_AUDIO))
        .as("audio in")
        .isEqualTo(expected.path("audio_in").asLong());
    long audio = expected.path("audio_out").asLong();
    assertThat(usage.count(UsageKind.OUTPUT_AUDIO)).as("audio out").isEqualTo(audio);
    // One recording reports 3 reasoning and 4 audio tokens of 4; the dearer kind gets them.
    assertThat(usage.count(UsageKind.REASONING))
        .as("reasoning")
        .isEqualTo(Math.min(expected.path("reasoning").asLong(), usage.outputTokens() - audio));
  }

  private static long sum(Usage usage, UsageKind... kinds) {
    return Stream.of(kinds).mapToLong(usage::count).sum();
  }
}
