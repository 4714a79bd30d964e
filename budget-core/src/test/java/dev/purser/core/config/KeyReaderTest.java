package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTest {

  private static final String BUDGETS =
      "budgets: [{name: b, limit: 1, window: day, owner: erin}]\n";

  private static VirtualKey key(String keys) {
    return Yaml.read("owner: dana\nzone: America/Los_Angeles\n" + BUDGETS + keys)
        .keys()
        .get(0);
  }

  /** Returns what is wrong with the one key whose further keys are given. */
  private static List<String> problems(String keys) {
    return Yaml.problems("owner: dana\n" + BUDGETS + "keys:\n- {name: alice, " + keys + "}\n")
        .stream()
        .map(line -> line.replace("purser.yaml:4: keys[0].", ""))
        .toList();
  }

  private static KeyHash hash(int id) {
    return KeyHash.parse(word(id));
  }

  private static String word(int id) {
    return "sha256:" + String.format("%012d", id) + ":" + "A".repeat(22) + ":" + "A".repeat(43);
  }

  @Test
  void everyKeyOfAKey() {
    VirtualKey read = key("""
        keys:
          - name: alice
            owner: erin
            user: alice@acme.dev
            team: platform
            models: [claude-haiku-*, openai/gpt-5-mini]
            task-classes: [routine, complex]
            defaults: {session: nightly, task-class: complex, "tag:repo": purser}
            expires: 2027-03-31T00:00:00Z
            hashes:
              - %s
              - {hash: "%s", until: 2026-12-01T00:00:00Z}
            revoked: 2026-11-24T10:00:00Z
        """.formatted(word(1), word(2)));

    assertThat(read)
        .isEqualTo(VirtualKey.named("alice")
            .owner("erin")
            .user("alice@acme.dev")
            .team("platform")
            .models("claude-haiku-*", "openai/gpt-5-mini")
            .taskClasses("routine", "complex")
            .defaults(
                Attribution.NONE.session("nightly").taskClass("complex").tag("repo", "purser"))
            .expires(Instant.parse("2027-03-31T00:00:00Z"))
            .locks(List.of(
                new Lock(hash(1), null), new Lock(hash(2), Instant.parse("2026-12-01T00:00:00Z"))))
            .revoked(Instant.parse("2026-11-24T10:00:00Z")));
    assertThat(read.user()).isEqualTo("alice@acme.dev");
  }

  @Test
  void oneWordIsAListOfOne() {
    VirtualKey read = key("keys:\n- {name: ci, models: gpt-5*, task-classes: routine, hashes: %s}"
        .formatted(word(1)));

    assertThat(read)
        .isEqualTo(VirtualKey.named("ci")
            .owner("dana")
            .models("gpt-5*")
            .taskClasses("routine")
            .opensWith(hash(1)));
    assertThat(key("keys: [{name: ci, hashes: {hash: %s, until: 2027-01-01}}]".formatted(word(1)))
            .locks())
        .containsExactly(new Lock(hash(1), Instant.parse("2027-01-02T08:00:00Z")));
  }

  @Test
  void aDayCountsToItsEndInTheFilesZone() {
    VirtualKey read = key("keys: [{name: a, expires: 2027-03-31, revoked: 2027-01-01}]");

    assertThat(read.expires()).isEqualTo("2027-04-01T07:00:00Z");
    assertThat(read.revoked()).isEqualTo("2027-01-01T08:00:00Z");
    assertThat(key("keys: [{name: a, expires: 2027-03-31T09:00:00+02:00, revoked: 2027-01-01}]")
            .expires())
        .isEqualTo("2027-03-31T07:00:00Z");
  }

  @Test
  void anyHashIsAPlainWordOfYaml() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 500; i++) {
      KeyHash hash = KeyHash.of(KeySecret.next(random), random);
      for (String form : List.of(
          "keys: [{name: a, hashes: %s}]",
          "keys: [{hashes: [%s], name: a}]",
          "keys: [{hashes: [{hash: %s, until: 2027-01-01}], name: a}]",
          "keys:\n- name: a\n  hashes:\n  - %s\n",
          "keys:\n- name: a\n  hashes:\n  - hash: %s\n",
          "keys:\n- name: a\n  hashes: %s # the first\n")) {
        assertThat(key(form.formatted(hash)).locks()).extracting(Lock::hash).containsExactly(hash);
      }
    }
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLine() {
    assertThat(Yaml.problems(BUDGETS + """
            keys:
              - just text
              - hashes: %1$s
              - name: alice
                hash:
                  - %2$s
                  - sha256:short
                  - {until: soon}
                expires: 2027-02-30
                models: []
                task-classes: [routine, ' ']
                user: ''
                team:
              - name: alice
                hashes: [%2$s, %3$s, %3$s]
                revoked: yes
              - {name: bob, defaults: {task-class: complex}, task-classes: routine}
            """.formatted(word(1), word(2), word(3))))
        .containsExactly(
            "purser.yaml:3: keys[0]: must be a mapping with name and hashes",
            "purser.yaml:4: keys[1].name: is missing",
            "purser.yaml:6: keys[2].hash: unknown key; did you mean \"hashes\"?",
            "purser.yaml:8: keys[2].hash[1]: not the hash of a virtual key; it is what minting"
                + " prints, sha256:ID:SALT:HASH",
            "purser.yaml:9: keys[2].hash[2].hash: is missing",
            "purser.yaml:9: keys[2].hash[2].until: not a day or an instant: \"soon\"; write one such"
                + " as 2027-03-31 or 2027-03-31T18:00:00Z",
            "purser.yaml:10: keys[2].expires: not a day or an instant: \"2027-02-30\"; write one such"
                + " as 2027-03-31 or 2027-03-31T18:00:00Z",
            "purser.yaml:11: keys[2].models: needs at least one value",
            "purser.yaml:12: keys[2].task-classes[1]: must not be blank",
            "purser.yaml:13: keys[2].user: must not be blank",
            "purser.yaml:14: keys[2].team: has no value",
            "purser.yaml:15: keys[3].name: is taken by another key",
            "purser.yaml:16: keys[3].hashes[0]: opens key \"alice\" already",
            "purser.yaml:16: keys[3].hashes[2]: opens key \"alice\" already",
            "purser.yaml:17: keys[3].revoked: not a day or an instant: \"yes\"; write one such as"
                + " 2027-03-31 or 2027-03-31T18:00:00Z",
            "purser.yaml:18: keys[4].hashes: is missing: without the hash of a secret nothing opens"
                + " the key",
            "purser.yaml:18: keys[4].defaults.task-class: is none of those that the key's calls may"
                + " have");
  }

  @Test
  void whatIsNoDefault() {
    String hash = "hashes: " + word(1);
    assertThat(problems(
            hash + ", defaults: {user: a, team: b, key: c, model: d, 'tag:': e, sesion: f}"))
        .containsExactly(
            "defaults.user: counts for all calls of the key, whatever they say: write it beside"
                + " defaults",
            "defaults.team: counts for all calls of the key, whatever they say: write it beside"
                + " defaults",
            "defaults.key: cannot be a default; those that can are session, task-class and tag:NAME",
            "defaults.model: cannot be a default; those that can are session, task-class and"
                + " tag:NAME",
            "defaults.tag:: a tag dimension needs the tag's name",
            "defaults.sesion: unknown dimension \"sesion\"; did you mean \"session\"?");
    assertThat(problems(hash + ", defaults: [session], models: {a: b}, expires: [1]"))
        .containsExactly(
            "defaults: must be a mapping",
            "models: must be a list",
            "expires: must be a single value");
  }

  @Test
  void aKeyNeedsAHashUnlessItIsRevoked() {
    assertThat(problems("models: gpt-5"))
        .containsExactly("hashes: is missing: without the hash of a secret nothing opens the key");
    assertThat(problems("hashes: []")).containsExactly("hashes: needs at least one value");
    assertThat(key("keys: [{name: a, revoked: 2026-11-24}]").locks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [{name: a, hashes: %s}]",
        "keys: [{name: a, hashes: [%s]}]",
        "keys: [{name: a, hashes: '%s '}]",
        "keys: [{name: a, hashes: {hash: %s}}]",
        "keys: [{name: a, hashes: {%s: }}]",
        "keys: [{name: a, %s: x}]",
        "keys: [{name: a, %s}]",
        "keys: [{name: %s, expires: %1$s}]",
        "keys: [{name: %s, revoked: 2026-11-24}]",
        "keys: [{name: a, revoked: '%s'}]",
        "keys: [{name: a, expires: 2027-01-01, hashes: {hash: x, until: %s}}]",
        "keys: [{name: a, defaults: {%s: x}}]",
        "keys: [%s]",
        "keys: %s",
        "%s: [a]",
        "zone: %s",
        "tasks: {%s: []}",
        "keys: [{name: a, hashes: *%s}]",
        "%s",
        "keys: [{name: a, hashes: \"%s}]",
      })
  void noMessageRepeatsASecretThatStandsWhereItMustNot(String form) {
    String secret = KeySecret.next(new SecureRandom()).reveal();
    String told = String.join("\n", Yaml.problems(BUDGETS + form.formatted(secret)));

    for (int i = "purser_ABCDEFGHIJKL_".length(); i + 6 <= secret.length(); i++) {
      assertThat(told).doesNotContain(secret.substring(i, i + 6));
    }
  }

  @Test
  void aSecretMayStandNowhere() {
    String secret = KeySecret.next(new SecureRandom()).reveal();
    String what =
        ": holds the secret of a virtual key; now that it was written down, it should be revoked";

    assertThat(Yaml.problems("owner: " + secret + "\n" + BUDGETS + """
            keys:
              - name: a %1$s
                owner: %1$s
                user: %1$s
                team: x-%1$s
                models: [o3, %1$s]
                task-classes: [%1$s]
                defaults: {session: %1$s, task-class: %1$s, "tag:repo": %1$s}
                hashes: %2$s
            """.formatted(secret, word(1))))
        .containsExactly(
            "purser.yaml:1: owner" + what,
            "purser.yaml:4: keys[0].name" + what,
            "purser.yaml:5: keys[0].owner" + what,
            "purser.yaml:6: keys[0].user" + what,
            "purser.yaml:7: keys[0].team" + what,
            "purser.yaml:8: keys[0].models[1]" + what,
            "purser.yaml:9: keys[0].task-classes[0]" + what,
            "purser.yaml:10: keys[0].defaults.session" + what,
            "purser.yaml:10: keys[0].defaults.task-class" + what,
            "purser.yaml:10: keys[0].defaults.tag:repo" + what);
  }

  @Test
  void anEmptyListOfKeysIsNone() {
    for (String none : List.of("keys:", "keys: []", "keys: # later")) {
      assertThat(Yaml.read(BUDGETS + none).keys()).isEmpty();
    }
  }

  @Test
  void aSecretInPlaceOfItsHashIsToldAsSuch() {
    String secret = KeySecret.next(new SecureRandom()).reveal();

    assertThat(problems("hashes: " + secret))
        .containsExactly(
            "hashes: is a secret; only its hash may stand here, and the secret, now that"
                + " it was written down, should be revoked");
  }
}
