package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole line: official SDK, interceptor, guard, loopback HTTP, the provider's own bill. */
class DemoTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--threads 8",
        "--threads 1 --calls 12",
        "--threads 1 --calls 12 --stream",
        "--threads 8 --calls 12",
        "--threads 8 --calls 12 --stream",
        "--threads 8 --calls 12 --async",
        "--threads 8 --calls 12 --async --stream",
      })
  void theLoopIsStoppedAtItsCap(String options) throws Exception {
    assertStoppedAtTheCap(options);
  }

  @ParameterizedTest
  @CsvSource({"1", "8", "32", "100"})
  void theLoopIsStoppedAtItsCapByAnyNumberOfThreads(int threads) throws Exception {
    for (String mode : List.of("", " --stream", " --async", " --async --stream")) {
      assertStoppedAtTheCap("--threads " + threads + mode);
      assertUsedToTheLastCent("--threads " + threads + " --fit" + mode);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--fit --threads 1 --calls 12",
        "--fit --threads 8 --calls 12 --stream",
        "--fit --threads 8 --calls 12 --async",
      })
  void theBudgetIsUsedToTheLastCentWhereAnswersMayBeShortened(String options) throws Exception {
    assertUsedToTheLastCent(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--threads 8 --calls 12",
        "--threads 32",
        "--threads 32 --async --stream",
        "--threads 100 --stream",
        "--threads 100 --async",
      })
  void callsThatWaitAreServedLikeThoseThatComeBackAndNeverToldToComeBack(String options)
      throws Exception {
    assertThat(assertStoppedAtTheCap(options + " --wait").outcome().pauses()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--threads 32 --stream", "--threads 100"})
  void callsThatWaitAreFittedToWhatIsLeftAndNotToWhatIsFree(String options) throws Exception {
    RunawayLoop.Outcome outcome =
        assertUsedToTheLastCent(options + " --fit --wait").outcome();

    assertThat(outcome.pauses()).isZero();
    assertThat(outcome.served()).as("five whole answers and one cut short").isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " --stream",
        " --async",
        " --async --stream",
        " --threads 1",
        " --threads 100",
        " --threads 100 --async --stream",
        " --threads 32 --wait",
        " --threads 100 --async --wait",
      })
  void theLoopThroughTheAnthropicSdkIsStoppedAtItsCap(String options) throws Exception {
    DemoReport report = report("--sdk anthropic" + options);

    assertThat(report.outcome().served()).isEqualTo(3);
    assertThat(report.outcome().refused()).isEqualTo(97);
    assertThat(report.answered()).as("calls that reached the provider").isEqualTo(3);
    // 8,000 tokens of text, 4 for the message and 4 for the reply; 16,000 out.
    assertThat(report.billed()).isEqualTo(new PicoUsd(3 * (8_008 * 3_000_000L + 240_000_000_000L)));
    assertSettledAsBilled(report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --stream --threads 32", " --async --threads 100 --wait"})
  void theBudgetIsUsedUpThroughTheAnthropicSdkWhereAnswersMayBeShortened(String options)
      throws Exception {
    DemoReport report = report("--sdk anthropic --fit" + options);

    // A prompt that nobody can count exactly holds more than it costs. What is left at the end is
    // less
    // than the shortest useful answer needs, and what the last prompt held in vain: it may have
    // come
    // back when all other calls had been refused.
    long needed = report.outcome().lastRefusal().orElseThrow().requested();
    long inVain = 25_000_000;
    assertThat(needed).isLessThan(100_000_000L);
    assertThat(report.billed().picos())
        .as(options)
        .isBetween(PicoUsd.ofNanos(1_000_000_000L - needed - inVain).picos(), 1_000_000_000_000L);
    assertThat(report.outcome().served()).isGreaterThan(3);
    assertSettledAsBilled(report);
  }

  @Test
  void anotherCapCarriesOtherNumbersOfCalls() throws Exception {
    assertThat(run("--cap 0.37 --calls 4 --threads 2").served()).isEqualTo(2);
    assertThat(run("--cap 0.18 --calls 4 --threads 2").served()).isZero();
    assertThat(run("--cap 5 --calls 4 --threads 2").served()).isEqualTo(4);
  }

  @Test
  void theLastLineIsForPrograms() throws Exception {
    int exit = demo("--calls", "7", "--threads", "2", "--json");

    assertThat(exit).isZero();
    assertThat(text(err)).isEmpty();
    JsonNode line = new ObjectMapper().readTree(lastLine());
    assertThat(line.path("sdk").asText()).isEqualTo("openai");
    assertThat(line.path("cap_usd").asText()).isEqualTo("1.00");
    assertThat(line.path("attempted").asInt()).isEqualTo(7);
    assertThat(line.path("served").asInt()).isEqualTo(5);
    assertThat(line.path("refused").asInt()).isEqualTo(2);
    assertThat(new BigDecimal(line.path("provider_billed_usd").asText()))
        .isEqualByComparingTo(line.path("purser_settled_usd").asText())
        .isEqualByComparingTo("0.9000875");
    assertThat(line.path("overshoot_usd").asText()).isEqualTo("0.00");
  }

  @Test
  void theLastLineSaysWhoseSdkItWas() throws Exception {
    int exit = demo("--sdk", "anthropic", "--calls", "4", "--json");

    assertThat(exit).isZero();
    assertThat(text(err)).isEmpty();
    assertThat(text(out)).contains("4 calls of claude-sonnet-4-5,", "Anthropic Java SDK, blocking");
    JsonNode line = new ObjectMapper().readTree(lastLine());
    assertThat(line.path("sdk").asText()).isEqualTo("anthropic");
    assertThat(line.path("served").asInt()).isEqualTo(3);
    assertThat(new BigDecimal(line.path("provider_billed_usd").asText()))
        .isEqualByComparingTo(line.path("purser_settled_usd").asText())
        .isEqualByComparingTo("0.792072");
    assertThat(line.path("overshoot_usd").asText()).isEqualTo("0.00");
  }

  @Test
  void aWrongOptionEndsWithItsMessageAndNothingElse() throws Exception {
    int exit = demo("--threads", "none");

    assertThat(exit).isEqualTo(2);
    assertThat(text(err)).startsWith("--threads needs a whole number").contains("Usage: demo");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    assertThat(demo("--help")).isZero();
    assertThat(text(out))
        .contains(
            "--sdk",
            "--calls",
            "--threads",
            "--cap",
            "--config",
            "--stream",
            "--async",
            "--fit",
            "--wait",
            "--json");
  }

  private static DemoReport assertStoppedAtTheCap(String options) throws Exception {
    DemoReport report = report(options);

    assertThat(report.outcome().served()).as(options).isEqualTo(5);
    assertThat(report.outcome().refused()).isEqualTo(report.options().calls() - 5);
    assertThat(report.answered()).as("calls that reached the provider").isEqualTo(5);
    // 8,000 tokens of text, 1 of the role, 3 for the message and 3 for the reply; 16,000 out.
    assertThat(report.billed()).isEqualTo(new PicoUsd(5 * (8_007 * 2_500_000L + 160_000_000_000L)));
    assertSettledAsBilled(report);
    return report;
  }

  private static DemoReport assertUsedToTheLastCent(String options) throws Exception {
    DemoReport report = report(options);

    assertThat(report.billed().picos()).as(options).isBetween(980_000_000_000L, 1_000_000_000_000L);
    assertThat(report.outcome().served() + report.outcome().refused())
        .isEqualTo(report.options().calls());
    assertSettledAsBilled(report);
    return report;
  }

  private static void assertSettledAsBilled(DemoReport report) {
    assertThat(report.overshoot()).isEqualTo(new PicoUsd(0));
    long settled = PicoUsd.ofNanos(report.settled().nanos()).picos();
    long roundedUp = settled - report.billed().picos();
    assertThat(roundedUp).isBetween(0L, 1_000L * report.answered());
  }

  private static RunawayLoop.Outcome run(String options) throws Exception {
    DemoReport report = report(options);
    assertSettledAsBilled(report);
    return report.outcome();
  }

  private static DemoReport report(String options) throws Exception {
    return Demo.run(DemoOptions.parse(List.of(options.split(" "))));
  }

  private int demo(String... args) throws Exception {
    return Demo.run(
        List.of(args),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String lastLine() {
    List<String> lines = text(out).lines().toList();
    return lines.get(lines.size() - 1);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
