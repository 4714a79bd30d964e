package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalReaderTest {

  private static final String ONE = "budgets: [{name: b, limit: 1, window: day, owner: erin}]\n";

  private static JournalOptions journal(String text) {
    JournalOptions read = Yaml.read(ONE + "journal: " + text).journal();
    assertThat(read).isNotNull();
    return read;
  }

  private static List<String> problems(String text) {
    return Yaml.problems(ONE + "journal: " + text);
  }

  @Test
  void aPathAloneIsAFolderWithEveryDefault() {
    assertThat(journal("spend")).isEqualTo(JournalOptions.in(Path.of("spend")));
    assertThat(journal("{folder: /var/spend}")).isEqualTo(JournalOptions.in(Path.of("/var/spend")));
    assertThat(Yaml.read(ONE).journal()).isNull();
  }

  @Test
  void aMappingSaysTheRest() {
    assertThat(journal(
            "{folder: s, fsync: never, segment-size: 512KB, retention: 400d, ahead-allowed: true}"))
        .isEqualTo(JournalOptions.in(Path.of("s"))
            .fsync(Fsync.NEVER)
            .segmentBytes(512 << 10)
            .retention(Duration.ofDays(400))
            .aheadAllowed(true));
    assertThat(
            journal(
                "{folder: s, fsync: always, segment-size: 1GB, retention: forever, ahead-allowed: false}"))
        .isEqualTo(JournalOptions.in(Path.of("s")).fsync(Fsync.ALWAYS).segmentBytes(1 << 30));
    assertThat(journal("{folder: s, fsync: 250ms, segment-size: 64MB}"))
        .isEqualTo(JournalOptions.in(Path.of("s")).fsyncEvery(Duration.ofMillis(250)));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThat(problems("""

              fsync: sometimes
              segment-size: 64
              retention: a year
              ahead-allowed: yes please
              foldr: spend
            """))
        .containsExactly(
            "purser.yaml:3: journal.fsync: unknown fsync \"sometimes\"; write never, always or an"
                + " amount of time such as 100ms",
            "purser.yaml:4: journal.segment-size: not a size: \"64\"; write 512KB, 64MB or 1GB",
            "purser.yaml:5: journal.retention: not an amount of time: \"a year\"; write forever, or"
                + " one such as 400d",
            "purser.yaml:6: journal.ahead-allowed: unknown value \"yes please\"; known are false,"
                + " true",
            "purser.yaml:7: journal.foldr: unknown key; did you mean \"folder\"?");
  }

  @Test
  void whatIsOutOfRangeIsTold() {
    assertThat(problems("{folder: s, fsync: 2m, segment-size: 1KB, retention: 0d}"))
        .containsExactly(
            "purser.yaml:2: journal.fsync: the fsync interval must be from 1 ms to a minute, is"
                + " PT2M",
            "purser.yaml:2: journal.segment-size: a segment must have at least 4096 bytes, has"
                + " 1024",
            "purser.yaml:2: journal.retention: retention must be longer than nothing");
  }

  @Test
  void whatIsNeitherPathNorMappingIsTold() {
    assertThat(problems("[spend]"))
        .containsExactly(
            "purser.yaml:2: journal: must be the path of a folder, or a mapping with folder");
    assertThat(problems("")).containsExactly("purser.yaml:2: journal: has no value");
    assertThat(problems("''")).containsExactly("purser.yaml:2: journal: must not be blank");
    assertThat(problems("{fsync: never}"))
        .containsExactly("purser.yaml:2: journal.folder: is missing");
  }
}
