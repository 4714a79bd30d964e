package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

  private static final String GOOD =
      "owner: dana\nbudgets:\n  - {name: b, limit: 1, window: day}\n";
  private static final String MORE = GOOD + "  - {name: c, limit: 1, window: day}\n";
  private static final String BAD = GOOD + "  - {name: b, limit: 0, window: day}\n";

  @TempDir
  private Path folder;

  private Path path;
  private ConfigurationFile file;

  @BeforeEach
  void aFile() throws IOException {
    path = folder.resolve("purser.yaml");
    file = ConfigurationFile.at(path);
    write(GOOD);
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text);
  }

  private void settle() {
    assertThat(file.readIfChanged()).isEmpty();
  }

  @Test
  void readsTheFile() {
    assertThat(file.read()).isEqualTo(Yaml.read(GOOD));
    assertThat(file.read()).isEqualTo(Yaml.read(GOOD));
  }

  @Test
  void whatIsWrongIsToldWithTheFileAsItWasNamed() throws IOException {
    write(BAD);

    assertThatThrownBy(() -> file.read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(path + ":4: budgets[1].name: is taken by another budget\n" + path
            + ":4: budgets[1].limit: must be above zero, is $0.00");
  }

  @Test
  void anUnchangedFileIsNotReadAgainWhateverItsTimestamp() throws IOException {
    file.read();
    settle();
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    settle();
    write(GOOD);
    settle();
    settle();
  }

  @Test
  void aChangeIsTakenUpOnceItHasSettled() throws IOException {
    file.read();
    FileTime time = Files.getLastModifiedTime(path);
    write(MORE);
    Files.setLastModifiedTime(path, time);

    settle();
    assertThat(file.readIfChanged()).contains(Yaml.read(MORE));
    settle();
  }

  @Test
  void halfAFileIsNotMistakenForFewerBudgets() throws IOException {
    write(MORE);
    file.read();

    write(GOOD);
    settle();
    write(MORE);
    settle();
    settle();
  }

  @Test
  void aBadContentIsReportedOnceAndAGoodOneReturnedAgain() throws IOException {
    file.read();
    write(BAD);
    settle();
    assertThatThrownBy(() -> file.readIfChanged()).isInstanceOf(ConfigurationException.class);
    settle();
    settle();

    write("owner: [");
    settle();
    assertThatThrownBy(() -> file.readIfChanged()).hasMessageContaining("not YAML");
    settle();

    write(GOOD);
    settle();
    assertThat(file.readIfChanged()).contains(Yaml.read(GOOD));
    settle();
  }

  @Test
  void aFileThatIsGoneIsReportedOnceAndReadWhenItIsBack() throws IOException {
    file.read();
    Files.delete(path);
    settle();
    assertThatThrownBy(() -> file.readIfChanged())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(path + ": does not exist");
    settle();

    write(GOOD);
    settle();
    assertThat(file.readIfChanged()).contains(Yaml.read(GOOD));
  }

  @Test
  void aFileThatIsGoneForAMomentIsNotMissed() throws IOException {
    file.read();
    Files.delete(path);
    settle();
    write(GOOD);
    settle();
    settle();
  }

  @Test
  void aBadContentReadAtTheStartIsNotReportedAgain() throws IOException {
    write(BAD);
    assertThatThrownBy(() -> file.read()).isInstanceOf(ConfigurationException.class);
    settle();
    settle();
  }

  @Test
  void whatIsNoFileOfTextIsRefused() throws IOException {
    assertThatThrownBy(() -> ConfigurationFile.at(folder).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ")
        .hasCauseInstanceOf(IOException.class);
    Files.write(path, new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThatThrownBy(() -> file.read()).hasMessage(path + ": is not text in UTF-8");
  }

  @Test
  void aFileOfMoreThanAMebibyteIsRefused() throws IOException {
    String filler = "#" + "x".repeat(Content.LARGEST - GOOD.length() - 1);
    write(GOOD + filler);
    assertThat(file.read()).isEqualTo(Yaml.read(GOOD));

    write(GOOD + filler + "x");
    assertThatThrownBy(() -> file.read())
        .hasMessage(path + ": is larger than 1 MiB, too large for a configuration");
  }
}
