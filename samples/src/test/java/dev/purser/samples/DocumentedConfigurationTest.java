package dev.purser.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Enforcement;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.core.Purser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every configuration that the documentation shows. */
class DocumentedConfigurationTest {

  @TempDir
  private Path folder;

  @Test
  void theSampleFileSaysWhatItsCommentsSay() {
    try (Purser purser = Purser.builder().configuration(Path.of("purser.yaml")).build()) {
      assertThat(purser.budgets())
          .containsExactly(
              inLosAngeles(Budget.quarterly("AI coding", Usd.of("250000")).alertAt(50, 80, 100)),
              inLosAngeles(Budget.daily("tripwire", Usd.of("75")).per(Dimension.KEY)),
              inLosAngeles(Budget.rolling("session", Usd.of("20"), Duration.ofHours(1))
                  .per(Dimension.SESSION)
                  .observe()));
    }
  }

  private static Budget inLosAngeles(Budget budget) {
    return budget.owner("dana@acme.dev").zone(ZoneId.of("America/Los_Angeles"));
  }

  @Test
  void theSampleFilesCommentsAreKeysThatExist() throws Exception {
    String all =
        Files.readString(Path.of("purser.yaml")).replace("# max", "max").replace("# fit", "fit");
    assertThat(read(all)).hasSize(3);
  }

  static Stream<Markdown.Block> shown() {
    return Stream.of(
            "README.md",
            "docs/budgets.md",
            "docs/keys.md",
            "docs/estimates.md",
            "docs/prices.md",
            "docs/records.md",
            "docs/routing.md")
        .flatMap(page -> Markdown.of(page).blocks("yaml").stream());
  }

  @ParameterizedTest
  @MethodSource("shown")
  void whatIsShownIsRight(Markdown.Block block) throws Exception {
    assertThat(read(block.text())).isNotEmpty();
  }

  @Test
  void whatIsShownAsWrongIsToldAsShown() {
    assertThat(toldAsShown("docs/budgets.md")).isEqualTo(1);
    assertThat(toldAsShown("docs/prices.md")).isEqualTo(1);
  }

  private int toldAsShown(String page) {
    List<Markdown.Block> blocks = Markdown.of(page).blocks();
    int wrong = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).info().equals("yaml wrong")) {
        String text = blocks.get(i).text();
        wrong++;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> read(text))
            .extracting(e -> String.valueOf(e.getMessage()).replace(folder + "/", "") + "\n")
            .isEqualTo(blocks.get(i + 1).text());
      }
    }
    return wrong;
  }

  @Test
  void theFileWithEverythingMeansWhatThePageSays() throws Exception {
    String everything = Markdown.of("docs/budgets.md").blocks("yaml").stream()
        .map(Markdown.Block::text)
        .filter(text -> text.startsWith("# Everything"))
        .findFirst()
        .orElseThrow();

    assertThat(read(everything))
        .satisfiesExactly(
            agents -> {
              assertThat(agents.limit()).isEqualTo(2_000_000);
              assertThat(agents.window()).isEqualTo(Window.WEEK);
              assertThat(agents.enforcement()).isEqualTo(Enforcement.OBSERVE);
              assertThat(agents.filters()).hasSize(2);
              assertThat(agents.zone()).isEqualTo(ZoneId.of("UTC"));
              assertThat(agents.owner()).isEqualTo("mo@acme.dev");
              assertThat(agents.maxAccounts()).isEqualTo(5000);
            },
            pilot -> assertThat(pilot.passesOutside()).isTrue(),
            slots -> assertThat(slots.dimensions()).containsExactly(Dimension.KEY));
  }

  @Test
  void theFileWithKeysMeansWhatThePageSays() throws Exception {
    String text = Markdown.of("docs/budgets.md").blocks("yaml").stream()
        .map(Markdown.Block::text)
        .filter(block -> block.contains("keys:"))
        .findFirst()
        .orElseThrow();

    try (Purser purser = reading(text)) {
      assertThat(purser.keys().list())
          .satisfiesExactly(
              alice -> {
                assertThat(alice.owner()).isEqualTo("mo@acme.dev");
                assertThat(alice.expires()).isEqualTo("2027-03-31T22:00:00Z");
                assertThat(alice.locks()).hasSize(2);
              },
              intern -> {
                assertThat(intern.owner()).isEqualTo("dana@acme.dev");
                assertThat(intern.revoked()).isEqualTo("2026-11-24T10:00:00Z");
              });
    }
  }

  /** The table that a page says is loaded; small, in the form of LiteLLM's. */
  @BeforeEach
  void writeTheTableThatPagesLoad() throws IOException {
    Files.writeString(folder.resolve("litellm.json"), """
        {"gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06}}
        """);
  }

  private List<Budget> read(String yaml) throws IOException {
    try (Purser purser = reading(yaml)) {
      return purser.budgets();
    }
  }

  private Purser reading(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("purser.yaml"), yaml);
    return Purser.builder().configuration(file).build();
  }
}
