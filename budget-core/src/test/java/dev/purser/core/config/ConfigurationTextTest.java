package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.purser.api.KeyHash;
import dev.purser.api.VirtualKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTextTest {

  private static final String TOP = """
      # Who may spend what.
      owner: dana@acme.dev   # the lead
      budgets:
        - {name: b, limit: $1, window: day}
      """;
  private static final String REST = """
      free-models: [ollama/*]   # local ones
      """;
  private static final KeyHash HASH = hash(9);
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir
  Path folder;

  private static KeyHash hash(int id) {
    return KeyHash.parse(
        "sha256:" + String.format("%012d", id) + ":" + "A".repeat(22) + ":" + "A".repeat(43));
  }

  private static KeyEntry entry(String name) {
    return new KeyEntry(name, null, null, null, List.of(), List.of(), null);
  }

  private ConfigurationText text(String text) throws IOException {
    return ConfigurationText.of(Files.writeString(folder.resolve("purser.yaml"), text));
  }

  private Optional<String> added(String text) throws IOException {
    return text(text).with(entry("new"), HASH);
  }

  private Optional<String> revoked(String text) throws IOException {
    return text(text).revoked("bob", AT);
  }

  @Test
  void theFirstKeyComesWithItsHeadingAtTheEnd() throws Exception {
    String added = "keys:\n  - name: new\n    hashes:\n      - " + HASH + "\n";

    assertThat(added(TOP + REST)).hasValue(TOP + REST + added);
    assertThat(added(TOP + REST.stripTrailing()))
        .hasValue(TOP + REST.stripTrailing() + "\n" + added);
    assertThat(added(TOP + REST + "# the end\n\n")).hasValue(TOP + REST + "# the end\n\n" + added);
  }

  @Test
  void anotherKeyStandsBelowTheLastOne() throws Exception {
    String keys = """
        keys: # hashes only
          # The first.
          - {name: alice, hashes: %s} # a
          - name: bob
            hashes:
              - hash: %s
                until: 2027-01-01
              # - the one before
            models:
              - gpt-5*

        # What follows.
        """.formatted(hash(1), hash(2));
    String entry = "  - name: new\n    hashes:\n      - " + HASH + "\n";

    String changed = added(TOP + keys + REST).orElseThrow();
    assertThat(changed).isEqualTo(TOP + keys.replace("gpt-5*\n", "gpt-5*\n" + entry) + REST);
    String last = TOP + keys.substring(0, keys.indexOf("\n\n"));
    assertThat(added(last)).hasValue(last + "\n" + entry);
  }

  @Test
  void aHeadingWithoutKeysIsUsed() throws Exception {
    String entry = "  - name: new\n    hashes:\n      - " + HASH + "\n";

    for (String none : List.of("", " []", " [ ]")) {
      assertThat(added(TOP + "keys:" + none + " # none yet\n# more\n\n" + REST))
          .hasValue(TOP + "keys: # none yet\n" + entry + "# more\n\n" + REST);
      assertThat(added(TOP + "keys:" + none)).hasValue(TOP + "keys:\n" + entry);
    }
  }

  @Test
  void nothingIsPutBehindTheEndOfTheDocument() throws Exception {
    String entry = "  - name: new\n    hashes:\n      - " + HASH + "\n";

    assertThat(added(TOP + "...\n")).hasValue(TOP + "keys:\n" + entry + "...\n");
    assertThat(added(TOP + "keys:\n...\n")).hasValue(TOP + "keys:\n" + entry + "...\n");
    assertThat(added(TOP + "... # end")).hasValue(TOP + "keys:\n" + entry + "... # end");
  }

  @Test
  void theListsOwnIndentIsKept() throws Exception {
    String keys = TOP + "keys:\n- name: alice\n  hashes: " + hash(1) + "\n";

    assertThat(added(keys + REST))
        .hasValue(keys + "- name: new\n  hashes:\n    - " + HASH + "\n" + REST);
  }

  @Test
  void linesEndAsTheOthersDo() throws Exception {
    String keys =
        (TOP + "keys:\n  - name: bob\n    hashes: " + hash(1) + "\n").replace("\n", "\r\n");

    assertThat(added(keys).orElseThrow())
        .isEqualTo(keys + "  - name: new\r\n    hashes:\r\n      - " + HASH + "\r\n");
    assertThat(revoked(keys).orElseThrow())
        .isEqualTo(
            keys.replace("name: bob\r\n", "name: bob\r\n    revoked: 2026-11-24T10:00:00Z\r\n"));
  }

  @Test
  void everyWordOfAnEntryIsReadAsItWasSaid() throws Exception {
    for (String word : List.of(
        "null",
        "~",
        "yes",
        "2026",
        "0x1F",
        "1_000",
        "a b",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "*a",
        "&a",
        "!a",
        "@a",
        "`a",
        "%a",
        "a\"b\\c'd",
        "{a}",
        "[a]",
        "a,b",
        "a:b",
        "é…\u2028\u0085\t\n",
        "\ud83d\ude00",
        " a ",
        "?",
        "|",
        ">",
        "=",
        "<<",
        ".",
        "-",
        "---",
        "2026-11-24",
        "key:",
        "👩‍💻")) {
      KeyEntry entry = new KeyEntry(
          word, word, word, word, List.of(word, "claude-haiku-*"), List.of(word), "2027-03-31");

      ConfigurationText text = text(TOP);
      String changed = text.with(entry, HASH).orElseThrow(() -> new AssertionError(word));
      VirtualKey read = ConfigurationReader.read("", changed).keys().get(0);

      assertThat(read).isEqualTo(entry.key(HASH, ZoneOffset.UTC));
      assertThat(read.name()).isEqualTo(word);
      assertThat(read.models()).containsExactly(word, "claude-haiku-*");
      assertThat(text(changed).revoked(word, AT)).as(word).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [{name: bob, revoked: 2026-01-01}]\n",
        "keys:\n  [{name: bob, revoked: 2026-01-01}]\n",
        "keys: null\n",
        "keys: !!seq []\n",
        "keys: [\n]\n",
        "keys:\n  -\n    name: bob\n    revoked: 2026-01-01\n",
        "lease: 5m\n---\n",
      })
  void whereItSeesNoPlaceItLeavesTheTextAlone(String rest) throws Exception {
    try {
      assertThat(added(TOP + rest)).isEmpty();
    } catch (ConfigurationException e) {
      assertThat(rest).containsAnyOf("---", "!!");
    }
  }

  @Test
  void aFlowMappingAtTheTopIsLeftAlone() throws Exception {
    assertThat(added("{owner: dana, budgets: [{name: b, limit: 1, window: day}]}\n"))
        .isEmpty();
  }

  @Test
  void whatCanBeReadIsWrittenAsItIs() {
    assertThat(entry("Zoë 🚀 \"q\" \\ \u200b\u00a0").lines(HASH))
        .contains("- name: \"Zoë 🚀 \\\"q\\\" \\\\ \\u200b\\u00a0\"");
  }

  @Test
  void aRevocationStandsBesideTheName() throws Exception {
    String hash = "hashes: " + hash(1);
    String revoked = "revoked: 2026-11-24T10:00:00Z";
    for (String form : List.of(
        "keys:\n  - name: bob # him|\n    X\n",
        "keys:\n  - name: \"bob\"|\n    X\n",
        "keys:\n  - X\n    name: 'bob'|\n",
        "keys:\n  - name: \"b\\x6fb\"|\n    X\n",
        "keys:\n-   X\n    name:  bob|",
        "keys:\n  -\n    name: bob|\n    X\n",
        "keys:\n  - {name: rob, revoked: 2026-01-01}\n  - name: bob|\n    user: bob\n    X\n")) {
      String keys = TOP + form.replace("X", hash);
      int indent = keys.substring(0, keys.indexOf("name:", TOP.length()))
          .replaceAll("(?s).*\n", "")
          .length();
      indent = form.contains("rob") ? 4 : indent;
      assertThat(revoked(keys.replace("|", "")))
          .as(form)
          .hasValue(
              keys.endsWith("|")
                  ? keys.replace("|", "\n" + " ".repeat(indent) + revoked + "\n")
                  : keys.replace("|", "\n" + " ".repeat(indent) + revoked));
    }
    for (String form : List.of(
        "keys:\n  - {name: bob|, X}\n",
        "keys: [{X, name: 'bob'|}]\n",
        "keys: [{name: \"r\\x6fb\", revoked: 2026-01-01}, {X, name: \"b\\x6fb\"|}]\n",
        "keys: [{name: rob, user: bob, revoked: 2026-01-01}, { name: bob|, user: bob, X } ] # name: bob,\n",
        "keys:\n  - {\n    X,\n    name: bob|,\n    user: bob\n  }\n")) {
      String keys = TOP + form.replace("X", hash);
      assertThat(revoked(keys.replace("|", "")))
          .as(form)
          .hasValue(keys.replace("|", ", " + revoked));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [{\"name\": bob, X}]\n",
        "keys:\n  - name: >-\n      bob\n    X\n",
        "keys:\n  - name:\n      bob\n    X\n",
        "keys:\n  - ? name\n    : bob\n    X\n",
      })
  void aNameInAnUncommonFormIsLeftToAPerson(String form) throws Exception {
    assertThat(revoked(TOP + form.replace("X", "hashes: " + hash(1)))).isEmpty();
  }

  @Test
  void anUnknownNameIsToldWithWhatWasMeant() throws Exception {
    ConfigurationText text = text(TOP + "keys: [{name: alice, hashes: " + hash(1) + "}]\n");

    assertThatThrownBy(() -> text.key("alicia"))
        .hasMessageEndingWith("there is no key named \"alicia\"; did you mean \"alice\"?");
    assertThatThrownBy(() -> text.revoked("purser_9fK2bXqL0Zr7_" + "s".repeat(43), AT))
        .hasMessageEndingWith("there is no key named \"purser_…\"; known are alice");
    assertThatThrownBy(() -> text(TOP).key("alice")).hasMessageEndingWith("it has no keys");
  }

  @Test
  void aFileKeepsItsPermissionsItsLinkAndItsFolderClean() throws Exception {
    ConfigurationText unused = text(TOP);
    Path file = folder.resolve("purser.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    ConfigurationText text = ConfigurationText.of(link);

    text.write(text.with(entry("new"), HASH).orElseThrow());

    assertThat(Files.readString(file)).startsWith(TOP).contains("name: new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    try (var all = Files.list(folder)) {
      assertThat(all).hasSize(2);
    }
  }

  @Test
  void aFileStaysItsOwners() throws Exception {
    ConfigurationText text = text(TOP);
    Path file = folder.resolve("purser.yaml");
    assumeThat(Files.getAttribute(file, "unix:uid"))
        .as("only root can give files away")
        .isEqualTo(0);
    Files.setAttribute(file, "unix:uid", 65534);
    Files.setAttribute(file, "unix:gid", 65533);

    text.write(text.with(entry("new"), HASH).orElseThrow());

    assertThat(Files.readString(file)).contains("name: new");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(65534);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(65533);
  }

  @Test
  void aFileThatSomebodyElseChangedIsNotOverwritten() throws Exception {
    ConfigurationText text = text(TOP);
    Path file = folder.resolve("purser.yaml");
    Files.writeString(file, TOP + REST);

    assertThatThrownBy(() -> text.write(text.with(entry("new"), HASH).orElseThrow()))
        .isInstanceOf(IOException.class)
        .hasMessage("somebody changed it meanwhile");
    assertThat(Files.readString(file)).isEqualTo(TOP + REST);
    try (var all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }
}
