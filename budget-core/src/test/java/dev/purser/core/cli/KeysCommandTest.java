package dev.purser.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Credential;
import dev.purser.api.VirtualKey;
import dev.purser.core.config.ConfigurationFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final Pattern SECRET = Pattern.compile("purser_\\w{12}_\\w{43}");
  private static final String BUDGETS = """
      # Kept to the letter.
      owner: dana
      zone: America/Los_Angeles
      budgets: [{name: b, limit: 1, window: day}]
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path config;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws Exception {
    config = Files.writeString(folder.resolve("purser.yaml"), BUDGETS);
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(words),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        () -> NOW);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  private String secret() {
    Matcher secret = SECRET.matcher(out());
    assertThat(secret.find()).isTrue();
    String found = secret.group();
    assertThat(secret.find()).as("shown twice").isFalse();
    return found;
  }

  private VirtualKey key(String name) {
    return ConfigurationFile.at(config).read().keys().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String file() throws Exception {
    return Files.readString(config);
  }

  @Test
  void aMintedKeyStandsInTheFileByItsHashOnly() throws Exception {
    int exit = run(
        "keys",
        "mint",
        "alice",
        "--owner",
        "mo",
        "--user",
        "alice@acme.dev",
        "--team=platform",
        "--models",
        "claude-haiku-*, openai/gpt-5-mini",
        "--task-classes",
        "routine,complex",
        "--expires",
        "2027-03-31",
        "--config",
        config.toString());

    assertThat(exit).isZero();
    assertThat(err()).isEmpty();
    assertThat(out()).contains("Added to " + config);
    VirtualKey alice = key("alice");
    assertThat(alice.lockOf(Credential.of(secret()))).isPresent();
    assertThat(alice.locks(List.of()))
        .isEqualTo(VirtualKey.named("alice")
            .owner("mo")
            .user("alice@acme.dev")
            .team("platform")
            .models("claude-haiku-*", "openai/gpt-5-mini")
            .taskClasses("routine", "complex")
            .expires(Instant.parse("2027-04-01T07:00:00Z")));
    assertThat(file()).startsWith(BUDGETS).doesNotContain("purser_");
  }

  @Test
  void withoutAFileTheEntryIsPrinted() throws Exception {
    assertThat(run("keys", "mint", "ci bot")).isZero();

    assertThat(out())
        .contains("Put this under keys: in the configuration")
        .contains("  - name: \"ci bot\"\n    hashes:\n      - sha256:");
    String entry = out().substring(out().indexOf("  - name"));
    Files.writeString(config, BUDGETS + "keys:\n" + entry);
    assertThat(key("ci bot").lockOf(Credential.of(secret()))).isPresent();
    assertThat(entry).doesNotContain(secret());
  }

  @Test
  void aFileThatCannotBeChangedSafelyIsLeftAndTheEntryPrinted() throws Exception {
    String before = BUDGETS + "keys: [{name: bob, revoked: 2026-01-01}]\n";
    Files.writeString(config, before);

    assertThat(run("keys", "mint", "alice", "--config", config.toString())).isEqualTo(1);

    assertThat(file()).isEqualTo(before);
    assertThat(err())
        .isEqualTo(
            "purser: " + config
                + " was not changed: its keys are written in a form that only a person should change\n");
    assertThat(out()).contains("Put this under keys: in " + config).contains("- name: alice");
    assertThat(secret()).isNotEmpty();
  }

  @Test
  void aNameThatIsTakenGetsNoSecret() throws Exception {
    run("keys", "mint", "alice", "--config", config.toString());
    String before = file();

    assertThat(run("keys", "mint", "alice", "--config", config.toString())).isEqualTo(1);

    assertThat(out()).isEmpty();
    assertThat(err()).contains("there is a key of that name already", "--config");
    assertThat(file()).isEqualTo(before);
  }

  @Test
  void aWrongFileIsToldByItsLines() throws Exception {
    Files.writeString(config, BUDGETS + "keys: [{name: bob}]\nretries: 3\n");

    for (String command : List.of("mint", "revoke")) {
      assertThat(run("keys", command, "alice", "--config", config.toString())).isEqualTo(1);
      assertThat(out()).isEmpty();
      assertThat(err()).contains(config + ":5: keys[0].hashes: is missing", config + ":6: retries");
    }
    assertThat(run("keys", "list", "--config", config + ".bak")).isEqualTo(1);
    assertThat(err()).isEqualTo(config + ".bak: does not exist\n");
  }

  @Test
  void aRevokedKeySaysSoInTheFile() throws Exception {
    run("keys", "mint", "alice", "--config", config.toString());
    String before = file();

    assertThat(run("keys", "revoke", "alice", "--config", config.toString())).isZero();

    assertThat(out()).isEqualTo("alice is revoked in " + config + ", from the next reload on\n");
    assertThat(file())
        .isEqualTo(
            before.replace("name: alice\n", "name: alice\n    revoked: 2026-11-24T10:00:00Z\n"));
    assertThat(run("keys", "revoke", "alice", "--config", config.toString())).isZero();
    assertThat(out()).isEqualTo("alice is revoked already, since 2026-11-24T10:00:00Z\n");
  }

  @Test
  void whatCannotBeRevokedIsTold() throws Exception {
    String form = "keys:\n  - \"name\": alice\n    hashes: ";
    run("keys", "mint", "alice", "--config", config.toString());
    String hash = key("alice").locks().get(0).hash().toString();
    Files.writeString(config, BUDGETS + form + hash + "\n");

    assertThat(run("keys", "revoke", "alice", "--config", config.toString())).isEqualTo(1);
    assertThat(err())
        .contains("Put this line into the entry of alice:\n    revoked: 2026-11-24T10:00:00Z");
    assertThat(file()).isEqualTo(BUDGETS + form + hash + "\n");
    assertThat(run("keys", "revoke", "alcie", "--config", config.toString())).isEqualTo(1);
    assertThat(err()).contains("there is no key named \"alcie\"; did you mean \"alice\"?");
  }

  @Test
  void keysAreListedByNameWithoutHashes() throws Exception {
    run(
        "keys",
        "mint",
        "carol",
        "--models",
        "gpt-5*,o3",
        "--task-classes",
        "a,b",
        "--config",
        config.toString());
    run("keys", "mint", "bob", "--expires", "2026-11-24", "--config", config.toString());
    run(
        "keys",
        "mint",
        "alice",
        "--user",
        "a",
        "--team",
        "t",
        "--expires",
        "2026-11-24",
        "--config",
        config.toString());
    String hash = key("bob").locks().get(0).hash().toString();
    Files.writeString(
        config,
        file().replaceFirst("2026-11-24", "2026-11-23")
            + "  - {name: dave, revoked: 2026-01-01}\n  - {name: erin, owner: mo, hashes: [{hash: "
            + hash.replaceFirst(":\\w{12}:", ":000000000000:")
            + ", until: 2026-11-01}, {hash: "
            + hash.replaceFirst(":\\w{12}:", ":111111111111:")
            + ", until: 2026-12-01}]}\n");

    assertThat(run("keys", "list", "--config", config.toString())).isZero();

    assertThat(out()).isEqualTo("""
            NAME   OWNER  USER  TEAM  MODELS      TASK CLASSES  STATE                         SECRETS
            alice  dana   a     t     all         all           expires 2026-11-25T08:00:00Z  %s
            bob    dana   -     -     all         all           expired                       %s
            carol  dana   -     -     gpt-5*, o3  a, b          valid                         %s
            dave   dana   -     -     all         all           revoked                       -
            erin   mo     -     -     all         all           valid                         \
            000000000000 ended 2026-11-02T08:00:00Z, 111111111111 until 2026-12-02T08:00:00Z
            """.formatted(id("alice"), id("bob"), id("carol")));
  }

  private String id(String name) {
    return key(name).locks().get(0).hash().id();
  }

  @Test
  void aFileWithoutKeysSaysSo() {
    assertThat(run("keys", "list", "--config", config.toString())).isZero();
    assertThat(out()).isEqualTo("no keys\n");
  }

  @Test
  void aNameThatYamlCannotTakeAsItIsIsRevokedAllTheSame() {
    for (String name : List.of("é", "a\"b", "a\\b", "🚀", "a #b", "a: b", " a ", "a'b")) {
      assertThat(run("keys", "mint", name, "--config", config.toString())).isZero();
      assertThat(run("keys", "revoke", name, "--config", config.toString()))
          .as(name)
          .isZero();
      assertThat(key(name).revoked()).as(name).isNotNull();
    }
  }

  @Test
  void aKeyThatHasExpiredAlreadyIsNotMade() throws Exception {
    for (String past : List.of("2026-11-23", "2026-11-24T10:00:00Z")) {
      assertThat(run("keys", "mint", "a", "--expires", past, "--config", config.toString()))
          .isEqualTo(2);
      assertThat(out()).isEmpty();
      assertThat(err()).startsWith("purser: --expires is in the past");
    }
    assertThat(file()).isEqualTo(BUDGETS);
    assertThat(run("keys", "mint", "a", "--expires", "2026-11-22")).isEqualTo(2);
    assertThat(run("keys", "mint", "a", "--expires", "2026-11-23")) // not over everywhere
        .isZero();
  }

  @Test
  void wrongUsageIsToldInALine() {
    String secret = "purser_9fK2bXqL0Zr7_" + "s".repeat(43);
    for (List<String> words : List.of(
        List.<String>of(),
        List.of("keys"),
        List.of("keys", "mint"),
        List.of("keys", "mint", " "),
        List.of("keys", "mint", "a", "b"),
        List.of("keys", "mint", "a", "--model", "x"),
        List.of("keys", "mint", "a", "--models"),
        List.of("keys", "mint", "a", "--models", "x,,y"),
        List.of("keys", "mint", "a", "--team", ""),
        List.of("keys", "mint", "a", "--team", "x", "--team=y"),
        List.of("keys", "mint", "a", "--expires", "tomorrow"),
        List.of("keys", "mint", "a", "--expires", secret),
        List.of("keys", "mint", secret),
        List.of("keys", "mint", "key " + secret),
        List.of("keys", "mint", "a", "--owner", secret),
        List.of("keys", "mint", "a", "--user", secret),
        List.of("keys", "mint", "a", "--team=x " + secret),
        List.of("keys", "mint", "a", "--models", "o3," + secret),
        List.of("keys", "mint", "a", "--task-classes", secret),
        List.of("keys", "mint", "a", "--config", secret),
        List.of("keys", "revoke", secret, "--config", "x"),
        List.of("keys", "mint", "a", secret),
        List.of("keys", "mint", "a", "--" + secret),
        List.of("keys", "rotate", "a"),
        List.of("keys", "revoke", "a"),
        List.of("keys", "list"),
        List.of("keys", "list", "a", "--config", "x"),
        List.of("keys", "list", "--config", "\0"),
        List.of("keyz"),
        List.of(secret))) {
      assertThat(run(words.toArray(String[]::new))).as("%s", words).isEqualTo(2);
      assertThat(out()).isEmpty();
      assertThat(err())
          .startsWith("purser: ")
          .endsWith("\nSee purser --help\n")
          .hasLineCount(2)
          .doesNotContain("ssss");
    }
  }

  @Test
  void helpIsNoMistake() {
    for (String[] words : new String[][] {{"--help"}, {"help"}, {"keys", "mint", "--help"}}) {
      assertThat(run(words)).isZero();
      assertThat(out()).startsWith("purser keys mint NAME");
      assertThat(err()).isEmpty();
    }
  }
}
