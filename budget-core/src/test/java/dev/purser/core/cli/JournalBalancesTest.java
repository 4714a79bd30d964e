package dev.purser.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.core.Purser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code purser balances} over the folder of a journal, while its guard runs and after. */
class JournalBalancesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path config;
  private Path folder;

  @BeforeEach
  void writeFile(@TempDir Path above) throws Exception {
    folder = above.resolve("spend");
    config = Files.writeString(above.resolve("purser.yaml"), """
        owner: dana
        budgets: [{name: day, limit: $1, window: day, per: key}]
        """);
  }

  private Purser purser() {
    return Purser.builder()
        .configuration(config)
        .clock(() -> NOW)
        .journal(JournalOptions.in(folder).segmentBytes(4 << 10).fsync(JournalOptions.Fsync.ALWAYS))
        .build();
  }

  /** A call that costs $0.01 for each 1,000 tokens that it writes, and nothing to read. */
  private static Reservation hold(Purser purser, String key, long output) {
    return purser
        .admit(CallIntent.builder(ModelId.of("openai", "gpt-4o"))
            .prompt(Prompt.EMPTY)
            .outputCap(output)
            .attribution(Attribution.key(key))
            .build())
        .orThrow();
  }

  private String balances() {
    out.reset();
    int exit = Main.run(
        List.of("balances", "--config", config.toString(), "--records", folder.toString()),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        () -> NOW);
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(exit).isZero();
    return out.toString(UTF_8).replaceAll(" {2,}", "|");
  }

  @Test
  void plainAndCompressedSegmentsAddUpAndOpenCallsCountAsWhatTheyHold() throws Exception {
    try (Purser purser = purser()) {
      for (int i = 0; i < 20; i++) {
        hold(purser, "alice", 1_000).settle(Usage.ofTokens(0, 1_000));
      }
    }
    try (Purser purser = purser()) { // compresses what the first has written
      hold(purser, "bob", 9_000).release();
      hold(purser, "bob", 1_000).settle(Usage.ofTokens(0, 1_000));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(Path::toString).toList();
      assertThat(names).anyMatch(name -> name.endsWith(".jsonl.gz"));
      assertThat(names).anyMatch(name -> name.endsWith(".jsonl"));
    }
    try (Purser purser = purser()) {
      Reservation open = hold(purser, "bob", 5_000);

      assertThat(balances())
          .contains("day|key=alice|$1.00|$0.20|", "day|key=bob|$1.00|$0.06|")
          .endsWith("22 charged calls in " + folder + "\n");
      open.settle(Usage.ofTokens(0, 2_000));
      assertThat(balances()).contains("day|key=bob|$1.00|$0.03|");
    }
  }

  @Test
  void aFolderWithoutAJournalIsAFailure() throws Exception {
    Files.createDirectories(folder);

    assertThat(Main.run(
            List.of("balances", "--config", config.toString(), "--records", folder.toString()),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            () -> NOW))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("there is no file of a journal in it");
    assertThat(out.toString(UTF_8)).isEmpty();
  }
}
