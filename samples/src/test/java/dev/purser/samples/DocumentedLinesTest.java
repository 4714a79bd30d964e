package dev.purser.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of Java that the documentation shows is compiled here. */
class DocumentedLinesTest {

  private static final Path SAMPLES = Path.of("src/main/java/dev/purser/samples");
  private static final Pattern COMMENT = Pattern.compile("//.*");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  static Stream<Markdown.Block> shown() {
    return Stream.of(
            "README.md",
            "docs/alerts.md",
            "docs/budgets.md",
            "docs/context.md",
            "docs/keys.md",
            "docs/langchain4j.md",
            "docs/prices.md",
            "docs/routing.md",
            "docs/telemetry.md",
            "docs/testing.md")
        .flatMap(page -> Markdown.of(page).blocks("java").stream());
  }

  @ParameterizedTest
  @MethodSource("shown")
  void standsInTheSamples(Markdown.Block block) {
    String compiled = Stream.of(
            "ContractLines.java",
            "DocumentedAlerts.java",
            "DocumentedBudgets.java",
            "DocumentedContexts.java",
            "DocumentedKeys.java",
            "DocumentedLangChain4j.java",
            "DocumentedPrices.java",
            "DocumentedRouting.java",
            "DocumentedTelemetry.java",
            "../../../../../test/java/dev/purser/samples/DocumentedTestingTest.java")
        .map(file -> bare(text(SAMPLES.resolve(file))))
        .collect(Collectors.joining());

    for (String line : block.lines()) {
      assertThat(compiled.contains(bare(line))).as(line).isTrue();
    }
  }

  /** Without comments and spaces, which the formatter may move. */
  private static String bare(String code) {
    return SPACE.matcher(COMMENT.matcher(code).replaceAll("")).replaceAll("");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
