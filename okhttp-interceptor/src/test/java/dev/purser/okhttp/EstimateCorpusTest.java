package dev.purser.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.core.estimate.PromptEstimator;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every recorded request that a dialect reads: what the estimate says of its input, beside what the
 * provider billed. What searches, other models and templates of a gateway add cannot be told from a
 * request, so some will always be below.
 */
class EstimateCorpusTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PromptEstimator ESTIMATOR = new PromptEstimator();

  /** Of a hundred requests, how many may be billed more input than was estimated. */
  private static final int BELOW_PERCENT = 5;

  /** Of a hundred requests to OpenAI itself, whose tokenizer and framing are known. */
  private static final int OPENAI_BELOW_PERCENT = 3;

  private final List<Request> requests = new ArrayList<>();

  /**
   * A request.
   *
   * @param billed tokens of input
   * @param estimated tokens of input
   */
  private record Request(String file, String provider, long billed, long estimated) {

    boolean isBelow() {
      return estimated < billed;
    }

    double times() {
      return (double) billed / Math.max(1, estimated);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s: billed %d, estimated %d, x %.2f", file, billed, estimated, times());
    }
  }

  @BeforeEach
  void readRequests() throws IOException {
    String folder = System.getProperty("corpus.dir", "../../shared/corpus");
    Path exchanges = Path.of(folder, "exchanges");
    assumeTrue(Files.isDirectory(exchanges), "skipped: there is no corpus at " + exchanges);
    try (Stream<Path> files = Files.list(exchanges)) {
      for (Path file : files.sorted().toList()) {
        Request request = request(file);
        if (request != null) {
          requests.add(request);
        }
      }
    }
  }

  private static @Nullable Request request(Path file) throws IOException {
    JsonNode exchange = MAPPER.readTree(file.toFile());
    JsonNode request = exchange.path("request");
    String body = request.path("body_text").asText("");
    long billed = exchange.path("expected").path("input_total").asLong();
    boolean made = request.path("synthetic").asBoolean() || body.isEmpty();
    if (made || billed == 0 || exchange.path("response").path("status").asInt() >= 400) {
      return null;
    }
    URI url = URI.create(request.path("url").asText());
    String method = request.path("method").asText();
    Dialect dialect = Dialects.find(method, url.getHost(), url.getRawPath());
    if (dialect == null) {
      return null;
    }
    WireCall call = dialect.read(new WireRequest(
        method,
        url.getHost(),
        url.getRawPath(),
        url.getRawQuery(),
        name -> null,
        body.getBytes(UTF_8)));
    if (call == null) {
      return null;
    }
    long estimated = ESTIMATOR.estimate(call.model(), call.prompt()).inputTokens();
    return new Request(file.getFileName().toString(), call.model().provider(), billed, estimated);
  }

  @Test
  void fewRequestsAreBilledMoreThanWasEstimated() {
    check(requests, 100, BELOW_PERCENT);
  }

  @Test
  void openAisOwnAreHardlyEverBilledMore() {
    check(
        requests.stream().filter(request -> request.provider().equals("openai")).toList(),
        20,
        OPENAI_BELOW_PERCENT);
  }

  @Test
  void halfOfThemAreEstimatedAtLessThanThreeTimesTheBill() {
    List<Request> large = requests.stream()
        .filter(request -> request.billed() >= 100)
        .sorted(Comparator.comparingDouble(Request::times))
        .toList();

    // What a template adds is much for a short request and little for a long one.
    assertThat(large.get(large.size() / 2).times()).isGreaterThan(1 / 3.0);
  }

  private static void check(List<Request> requests, int atLeast, int percent) {
    List<Request> below = requests.stream()
        .filter(Request::isBelow)
        .sorted(Comparator.comparingDouble(Request::times).reversed())
        .toList();
    System.out.println(below.size() + " of " + requests.size() + " requests are billed more"
        + " input than was estimated; the worst:");
    below.stream().limit(10).forEach(request -> System.out.println("  " + request));

    assertThat(requests).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(below.size() * 100).isLessThanOrEqualTo(percent * requests.size());
  }
}
