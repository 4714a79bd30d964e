package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.MintedKey;
import dev.purser.api.Secret;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual keys that the configuration says, in code or in a file that changes. */
class ConfiguredKeysTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Secret SECRET = KeySecret.next(RANDOM);
  private static final KeyHash HASH = KeyHash.of(SECRET, RANDOM);
  private static final Secret OTHER = KeySecret.next(RANDOM);
  private static final String ALICE = "  - {name: alice, hashes: " + HASH + "}\n";
  private static final String BOB = "  - {name: bob, hashes: " + KeyHash.of(OTHER, RANDOM) + "}\n";

  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path folder) {
    file = folder.resolve("purser.yaml");
  }

  private Guard guardOn(String keys) throws Exception {
    write("$1", keys);
    return new Guard(builder -> builder.configuration(file));
  }

  private void write(String limit, String keys) throws Exception {
    Files.writeString(
        file,
        "owner: dana\nbudgets:\n  - {name: key, limit: " + limit + ", window: day, per: [key]}\n"
            + (keys.isEmpty() ? "" : "keys:\n" + keys));
  }

  private static Admission admit(Guard guard, Secret secret) {
    return guard.admit(call(1_000).credential(Credential.of(secret.reveal())));
  }

  private static Denial.Reason denied(Guard guard, Secret secret) {
    return ((Admission.Denied) admit(guard, secret)).denial().reason();
  }

  @Test
  void aKeyOfCodeOpensAndCountsForItsNameAndOwner() {
    Guard guard = new Guard(builder -> builder
        .owner("dana")
        .budget(Budget.daily("key", Usd.of("1")).per(Dimension.KEY))
        .key(VirtualKey.named("alice").opensWith(HASH))
        .key(VirtualKey.named("bob").owner("mo").opensWith(KeyHash.of(OTHER, RANDOM))));

    admit(guard, SECRET).orThrow();

    assertThat(guard.balance("key", "key=alice").held()).isEqualTo(10_000_000);
    assertThat(guard.purser.keys().list())
        .extracting(VirtualKey::owner)
        .containsExactly("dana", "mo");
  }

  @Test
  void wrongKeysOfCodeAreToldByName() {
    assertThatThrownBy(
            () -> Guard.with(Purser.builder().owner("dana"), Budget.daily("b", Usd.of("1")))
                .key(VirtualKey.named("alice").opensWith(HASH))
                .key(VirtualKey.named("alice").opensWith(HASH))
                .key(VirtualKey.named("carol"))
                .key(VirtualKey.named(SECRET.reveal()).opensWith(KeyHash.of(OTHER, RANDOM)))
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("""
            key "alice": name is taken by another key
            key "alice": locks[0] opens key "alice" already
            key "carol": locks is missing: without the hash of a secret nothing opens the key
            key "purser_…": name begins like a secret, and a name is shown everywhere""");
  }

  @Test
  void keysOfCodeAndAFileAreNotMixed() {
    assertThatThrownBy(() -> Purser.builder()
            .configuration(file)
            .key(VirtualKey.named("alice").opensWith(HASH))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keys");
  }

  @Test
  void aReloadAddsRemovesAndRevokesKeys() throws Exception {
    Guard guard = guardOn(ALICE);
    assertThat(admit(guard, SECRET)).isInstanceOf(Admission.Admitted.class);
    assertThat(denied(guard, OTHER)).isEqualTo(Denial.Reason.UNKNOWN_KEY);

    write("$1", BOB);
    guard.purser.reload();
    assertThat(denied(guard, SECRET)).isEqualTo(Denial.Reason.UNKNOWN_KEY);
    assertThat(admit(guard, OTHER)).isInstanceOf(Admission.Admitted.class);

    write("$1", ALICE + BOB.replace("}", ", revoked: 2026-11-23}"));
    guard.purser.reload();
    assertThat(admit(guard, SECRET)).isInstanceOf(Admission.Admitted.class);
    assertThat(denied(guard, OTHER)).isEqualTo(Denial.Reason.REVOKED_KEY);

    write("$1", "");
    guard.purser.reload();
    assertThat(guard.purser.keys().list()).isEmpty();
  }

  @Test
  void aRevocationWhileTheGuardRunsSurvivesEveryReload() throws Exception {
    Guard guard = guardOn(ALICE);
    guard.purser.keys().revoke("alice", "dana", "lost laptop");

    write("$2", ALICE);
    guard.purser.reload();
    assertThat(denied(guard, SECRET)).isEqualTo(Denial.Reason.REVOKED_KEY);

    // Nor does it come back by being dropped and put in again.
    write("$2", "");
    guard.purser.reload();
    write("$2", ALICE);
    guard.purser.reload();
    assertThat(denied(guard, SECRET)).isEqualTo(Denial.Reason.REVOKED_KEY);
  }

  @Test
  void otherBudgetsLeaveTheKeysAlone() throws Exception {
    Guard guard = guardOn(ALICE);
    guard.purser.revise(List.of(Budget.daily("all", Usd.of("1"))));

    assertThat(admit(guard, SECRET)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aFileThatNamesAMintedKeyChangesNothing() throws Exception {
    Guard guard = guardOn(ALICE);
    MintedKey minted = guard.purser.keys().mint(VirtualKey.named("bob"), "dana");

    write("$5", BOB);
    assertThatThrownBy(guard.purser::reload)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bob was minted");
    write("$5", "  - {name: carol, hashes: " + minted.key().locks().get(0).hash() + "}\n");
    assertThatThrownBy(guard.purser::reload)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("carol", "bob");

    assertThat(guard.balance("key", "key=alice").limit()).isEqualTo(1_000_000_000);
    assertThat(admit(guard, SECRET)).isInstanceOf(Admission.Admitted.class);
    assertThat(admit(guard, minted.secret())).isInstanceOf(Admission.Admitted.class);
    assertThat(denied(guard, OTHER)).isEqualTo(Denial.Reason.UNKNOWN_KEY);
    write("$5", ALICE);
    guard.purser.reload();
    assertThat(guard.balance("key", "key=alice").limit()).isEqualTo(5_000_000_000L);
    assertThat(admit(guard, minted.secret())).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aWatchedFilesKeysAreTakenOver() throws Exception {
    write("$1", ALICE);
    try (Guard guard =
        new Guard(builder -> builder.configuration(file).watch(Duration.ofMillis(10)))) {
      guard.purser.keys().mint(VirtualKey.named("bob"), "dana");

      write("$1", ALICE + BOB);
      await().until(() -> !guard.alerts.isEmpty());
      assertThat(guard.alerts).singleElement().satisfies(alert -> {
        assertThat(alert.kind()).isEqualTo(Alert.Kind.CONFIGURATION);
        assertThat(alert.message()).contains("bob was minted");
      });
      write("$1", BOB.replace("bob", "carol"));
      await().until(() -> admit(guard, OTHER) instanceof Admission.Admitted);
      assertThat(denied(guard, SECRET)).isEqualTo(Denial.Reason.UNKNOWN_KEY);
    }
  }
}
