package dev.purser.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  @TempDir
  Path temp;

  private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void setUp() {
    folder = temp.resolve("spend");
  }

  private Purser guard() {
    return Purser.builder()
        .owner("dana")
        .budget(Budget.daily("day", Usd.of("10")))
        .sink(record -> {})
        .journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.ALWAYS))
        .build();
  }

  private static void spend(Purser purser) {
    for (int i = 0; i < 5; i++) {
      purser
          .admit(
              CallIntent.builder(ModelId.of("openai", "gpt-4o")).outputCap(100).build())
          .orThrow()
          .settle(Usage.ofTokens(10, 50));
    }
  }

  private int verify(String... words) {
    out.reset();
    err.reset();
    return Main.run(
        Stream.concat(Stream.of("verify"), Stream.of(words)).toList(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InstantSource.system());
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("spend-.*\\.jsonl"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  @Test
  void aWholeJournalIsWholeAlsoWhileAGuardWrites() throws IOException {
    try (Purser purser = guard()) {
      spend(purser);
      assertThat(verify(folder.toString())).isZero();
      assertThat(out.toString(UTF_8))
          .contains(segment().getFileName() + "  12", "every line is what was written");

      Files.writeString(segment(), "{\"v\":1,\"event\":\"res", StandardOpenOption.APPEND);
      assertThat(verify(folder.toString())).isZero();
      assertThat(out.toString(UTF_8)).contains("being written, or cut: ", "line 13");
    }
  }

  @Test
  void theFirstBrokenLineIsNamed() throws IOException {
    try (Purser purser = guard()) {
      spend(purser);
      List<String> lines = Files.readAllLines(segment());
      lines.set(4, lines.get(4).replace("gpt-4o", "gpt-4p"));
      lines.remove(8);
      Files.write(segment(), lines);

      assertThat(verify(folder.toString())).isOne();
      assertThat(err.toString(UTF_8).lines())
          .hasSize(4)
          .first()
          .asString()
          .startsWith("first broken line: " + segment().getFileName() + " line 5 (byte ")
          .endsWith("not what was written");
      assertThat(err.toString(UTF_8)).contains("1 lines before this one are missing");
    }
  }

  @Test
  void whatIsNoJournalIsRefused() throws IOException {
    assertThat(verify(folder.toString())).isOne();
    assertThat(err.toString(UTF_8)).contains("is no folder");
    Files.createDirectories(folder);
    assertThat(verify(folder.toString())).isOne();
    assertThat(err.toString(UTF_8)).contains("holds no journal");
    assertThat(verify()).isEqualTo(2);
  }
}
