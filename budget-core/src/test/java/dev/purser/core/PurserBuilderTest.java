package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurserBuilderTest {

  private static final Budget DAY = Budget.daily("day", Usd.of("1"));

  private static void fails(PurserBuilder builder, String... words) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsMissingOrWrongIsRefusedWithTheFieldsName() {
    fails(Purser.builder().owner("dana"), "budget");
    fails(Purser.builder().budget(DAY), "\"day\"", "owner");
    fails(Purser.builder().owner(" ").budget(DAY), "\"day\"", "owner");
    fails(
        Purser.builder().owner("dana").budget(Budget.daily("zero", Usd.ZERO)),
        "\"zero\"",
        "limit",
        "$0.00");
    fails(
        Purser.builder().owner("dana").budget(Budget.daily("below", Usd.of("-5"))),
        "\"below\"",
        "limit",
        "$-5.00");
    fails(Purser.builder().owner("dana").budget(DAY).budget(DAY), "\"day\"", "name");
    fails(Purser.builder().owner("dana").budget(Budget.daily(" ", Usd.of("1"))), "name");
    fails(Purser.builder().owner("dana").budget(DAY).lease(Duration.ZERO), "lease");
    fails(Purser.builder().owner("dana").budget(DAY).queueCapacity(0), "queueCapacity");
    fails(
        Purser.builder().owner("dana").budget(DAY).leastUsefulOutput(Long.MAX_VALUE / 4),
        "leastUsefulOutput",
        "10000000");
  }

  @Test
  void aBudgetsOwnOwnerIsEnough() {
    Purser.builder().budget(DAY.owner("erin")).build().close();
  }

  @Test
  void recordsCanGoToAJsonLinesFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spend/records.jsonl");
    try (Purser purser =
        Purser.builder().owner("dana").budget(DAY).jsonLines(file).build()) {
      purser
          .admit(
              CallIntent.builder(ModelId.of("openai", "gpt-4o")).outputCap(10).build())
          .orThrow()
          .settle(Usage.ofTokens(0, 10));
    }

    assertThat(Files.readAllLines(file))
        .singleElement()
        .asString()
        .contains("\"cost_usd\":\"0.0001\"");
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAtSetUp(@TempDir Path folder) {
    assertThatThrownBy(() -> Purser.builder().jsonLines(folder))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
  }
}
