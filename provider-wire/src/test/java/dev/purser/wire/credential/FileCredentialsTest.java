package dev.purser.wire.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Secret;
import dev.purser.spi.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCredentialsTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Upstream OPENAI = new Upstream("openai", "api.openai.com", 443, "alice");

  @TempDir
  Path folder;

  private Path file;
  private Instant now = START;
  private final List<String> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger(FileCredentials.class.getName());
  private final Handler capture = new Handler() {
    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage() + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void prepare() {
    file = folder.resolve("credentials");
    logger.addHandler(capture);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void restore() {
    logger.removeHandler(capture);
    logger.setUseParentHandlers(true);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  private FileCredentials source() {
    return new FileCredentials(file, () -> now);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private static Secret real(String name) {
    return Secret.of("REAL-CREDENTIAL-" + name);
  }

  @Test
  void readsALineForEachProviderHostAndKey() throws Exception {
    write("\uFEFF" + """
        # ours

         openai = REAL-CREDENTIAL-1\r
        openai@alice b='REAL-CREDENTIAL-2'
        LiteLLM.acme.dev:4000="REAL-CREDENTIAL-3=="
        llm.acme.dev=REAL-CREDENTIAL-4
        llm.acme.dev@dana@acme.dev=REAL-CREDENTIAL-5""");
    FileCredentials source = source();

    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
    assertThat(source.credentialFor(new Upstream("openai", "api.openai.com", 443, "alice b")))
        .isEqualTo(real("2"));
    assertThat(source.credentialFor(new Upstream(null, "litellm.acme.dev", 4000, "x")))
        .isEqualTo(real("3=="));
    assertThat(source.credentialFor(new Upstream(null, "llm.acme.dev", 443, "x")))
        .isEqualTo(real("4"));
    assertThat(source.credentialFor(new Upstream(null, "llm.acme.dev", 443, "dana@acme.dev")))
        .isEqualTo(real("5"));
    assertThat(source.credentialFor(new Upstream("groq", "api.groq.com", 443, "x")))
        .isNull();
    assertThat(source).asString().contains("openai").doesNotContain("REAL-CREDENTIAL");
    assertThat(logged).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai=REAL-CREDENTIAL-1\\nREAL-CREDENTIAL-2 | line 2",
        "# x\\n\\nopenai= | line 3",
        "openai='' | line 1",
        "opnai=REAL-CREDENTIAL-1 | line 1",
        "REAL-CREDENTIAL-1=openai | line 1",
        "openai=purser_secret | line 1",
        "openai=REAL\\7CREDENTIAL-1 | line 1",
        "openai=REAL-CREDENTIAL-1\\nopenai=REAL-CREDENTIAL-2 | line 2",
        "# nothing | no credential"
      })
  void aWrongFileIsRefusedAtOnceByTheNumberOfItsLine(String text, String says) throws Exception {
    write(text.translateEscapes());

    assertThatIllegalArgumentException()
        .isThrownBy(this::source)
        .withMessageContaining(says)
        .withMessageContaining(file.toString())
        .withMessageNotContaining("REAL")
        .withMessageNotContaining("purser_secret");
  }

  @Test
  void aFileThatCannotBeReadIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(this::source)
        .withMessageContaining("NoSuchFileException");
  }

  @Test
  void aChangedFileIsTakenOverOnceItIsAtRest() throws Exception {
    write("openai=REAL-CREDENTIAL-1\n");
    FileCredentials source = source();
    pass(60);
    write("openai=REAL-CREDENTIAL-2\n");

    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
    pass(1);
    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("2"));
  }

  @Test
  void aFileThatTakesItsNameIsSeenEvenIfItLooksTheSame() throws Exception {
    write("openai=REAL-CREDENTIAL-1\n");
    FileCredentials source = source();
    Path before = file;
    file = folder.resolve("next");
    write("openai=REAL-CREDENTIAL-2\n");
    Files.move(file, before, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    pass(1);

    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("2"));
  }

  @Test
  void aFileThatAnotherClockWroteInTheFutureIsTakenOver() throws Exception {
    write("openai=REAL-CREDENTIAL-1\n");
    FileCredentials source = source();
    pass(3600);
    write("openai=REAL-CREDENTIAL-2\n");
    pass(-1800);

    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("2"));
  }

  @Test
  void whileTheFileIsWrongOrGoneTheOldContentHoldsAndTheLogSaysSoOnce() throws Exception {
    write("openai=REAL-CREDENTIAL-1\n");
    FileCredentials source = source();
    for (String broken : new String[] {"", "openai", "openai=REAL-CREDENTIAL-2\nREAL-CREDENTIAL"}) {
      pass(60);
      write(broken);
      pass(60);
      assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
      assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
    }
    Files.delete(file);
    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
    assertThat(logged).hasSize(4).noneMatch(line -> line.contains("REAL-CREDENTIAL"));

    write("openai=REAL-CREDENTIAL-3\n");
    pass(1);
    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("3"));
  }

  @Test
  void theLogWarnsOfAFileThatEverybodyMayRead() throws Exception {
    write("openai=REAL-CREDENTIAL-1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    FileCredentials source = source();

    assertThat(logged).singleElement().asString().contains("everybody", file.toString());
    assertThat(source.credentialFor(OPENAI)).isEqualTo(real("1"));
  }
}
