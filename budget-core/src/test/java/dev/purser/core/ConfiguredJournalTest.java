package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.purser.api.Alert;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that the configuration file says. */
class ConfiguredJournalTest {

  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path folder) {
    file = folder.resolve("purser.yaml");
  }

  private PurserBuilder builder(String journal) throws Exception {
    write(journal);
    return Purser.builder().configuration(file).alertSink(alerts::add);
  }

  private void write(String journal) throws Exception {
    Files.writeString(
        file,
        "owner: dana\njournal: " + journal
            + "\nbudgets: [{name: total, limit: $1, window: total}]\n");
  }

  private static void spend(Purser purser) {
    purser
        .admit(
            CallIntent.builder(ModelId.of("openai", "gpt-4o")).outputCap(10_000).build())
        .orThrow()
        .settle(Usage.ofTokens(0, 10_000));
  }

  private static long spent(Purser purser) {
    return purser.balances().all().get(0).spent();
  }

  @Test
  void itsFolderStandsBesideTheFileAndIsReadAgainAtTheNextStart() throws Exception {
    try (Purser purser = builder("spend").build()) {
      spend(purser);
    }
    assertThat(file.resolveSibling("spend")).isDirectory();

    try (Purser purser = builder("{folder: spend, fsync: always}").build()) {
      assertThat(spent(purser)).isEqualTo(100_000_000);
    }
  }

  @Test
  void itMayNotBeSaidInCodeToo() throws Exception {
    Path other = file.resolveSibling("other");

    assertThatThrownBy(() -> builder("spend").journal(other).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("journal: is said in code and in " + file
            + "; say it there, or leave it out of the file");
    assertThat(other).doesNotExist();
  }

  @Test
  void anotherOneIsToldAndNotTakenOverBeforeARestart() throws Exception {
    try (Purser purser = builder("spend").build()) {
      write("elsewhere");
      purser.reload();
      spend(purser);

      await()
          .until(() -> alerts.stream()
              .anyMatch(alert -> alert.kind() == Alert.Kind.CONFIGURATION
                  && alert.message().startsWith("journal: has changed")));
    }
    assertThat(file.resolveSibling("elsewhere")).doesNotExist();
    try (Purser purser = builder("spend").build()) {
      assertThat(spent(purser)).isEqualTo(100_000_000);
    }
  }
}
