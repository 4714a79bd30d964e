package dev.purser.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.MintedKey;
import dev.purser.api.Secret;
import dev.purser.api.VirtualKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);

  private final Secret fromFile = KeySecret.next(RANDOM);
  private final VirtualKey configured =
      VirtualKey.named("ci").owner("mo").opensWith(KeyHash.of(fromFile, RANDOM));
  private final KeyRing ring = new KeyRing(List.of(configured));

  private void assertOpens(String name, Secret secret, Instant at) {
    KeyRing.Look look = ring.look(Credential.of(secret.reveal()), at);
    assertThat(look.denial()).isNull();
    assertThat(look.key()).extracting(VirtualKey::name).isEqualTo(name);
  }

  private Denial denial(Secret secret, Instant at) {
    KeyRing.Look look = ring.look(Credential.of(secret.reveal()), at);
    assertThat(look.key()).isNull();
    assertThat(look.denial()).isNotNull();
    return look.denial();
  }

  private void assertDenied(Denial.Reason reason, Secret secret, Instant at) {
    assertThat(denial(secret, at).reason()).isEqualTo(reason);
  }

  @Test
  void keysOfTheConfigurationAndMintedOnesOpen() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    assertOpens("alice", alice.secret(), NOON);
    assertOpens("ci", fromFile, NOON);
    assertThat(ring.all()).extracting(VirtualKey::name).containsExactly("alice", "ci");
    assertThat(alice.toString()).doesNotContain(alice.secret().reveal().substring(7));
  }

  @Test
  void whatNobodyMintedIsUnknownAlsoWithAnIdThatIsKnown() {
    assertDenied(Denial.Reason.UNKNOWN_KEY, KeySecret.next(RANDOM), NOON);
    String forged = fromFile.reveal().substring(0, 20) + "x".repeat(43);
    Denial denial = denial(Secret.of(forged), NOON);
    assertThat(denial.reason()).isEqualTo(Denial.Reason.UNKNOWN_KEY);
    assertThat(denial.key()).isEqualTo(fromFile.reveal().substring(7, 19));
    assertDenied(Denial.Reason.UNKNOWN_KEY, Secret.of("purser_cut"), NOON);
  }

  @Test
  void anExpiredKeySaysSinceWhenAndWhomToAsk() {
    MintedKey key = ring.mint(VirtualKey.named("alice").owner("dana").expires(ONE), NOON);
    assertOpens("alice", key.secret(), ONE.minusNanos(1));
    Denial denial = denial(key.secret(), ONE);
    assertThat(denial.reason()).isEqualTo(Denial.Reason.EXPIRED_KEY);
    assertThat(denial.message()).contains(ONE.toString()).contains("dana").contains("alice");
  }

  @Test
  void bothSecretsOpenForTheOverlapThenOnlyTheNewOne() {
    MintedKey first = ring.mint(VirtualKey.named("alice"), NOON);
    MintedKey second = ring.rotate("alice", NOON, ONE);
    assertOpens("alice", first.secret(), ONE.minusNanos(1));
    assertOpens("alice", second.secret(), NOON);
    assertDenied(Denial.Reason.EXPIRED_KEY, first.secret(), ONE);
    assertOpens("alice", second.secret(), ONE);

    // An earlier overlap is not prolonged by the next.
    MintedKey third = ring.rotate("alice", NOON, ONE.plusSeconds(60));
    assertDenied(Denial.Reason.EXPIRED_KEY, first.secret(), ONE);
    assertOpens("alice", second.secret(), ONE);
    assertDenied(Denial.Reason.EXPIRED_KEY, second.secret(), ONE.plusSeconds(60));
    assertOpens("alice", third.secret(), ONE.plusSeconds(60));
  }

  @Test
  void secretsThatOpenNoMoreDoNotPileUp() {
    ring.mint(VirtualKey.named("alice"), NOON);
    for (int i = 0; i < 100; i++) {
      ring.rotate("alice", NOON.plusSeconds(i), NOON.plusSeconds(i + 1));
    }
    assertThat(ring.all().get(0).locks()).hasSize(33);
  }

  @Test
  void aRevokedKeyStaysRevoked() {
    MintedKey key = ring.mint(VirtualKey.named("alice"), NOON);
    assertThat(ring.revoke("alice", NOON)).isTrue();
    assertThat(ring.revoke("alice", ONE)).isFalse();
    assertDenied(Denial.Reason.REVOKED_KEY, key.secret(), NOON);
    assertThat(denial(key.secret(), ONE).detail()).contains(NOON.toString());
    assertThatIllegalStateException().isThrownBy(() -> ring.rotate("alice", NOON, ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.mint(VirtualKey.named("alice"), NOON));
  }

  @Test
  void aRevocationOutlivesTheConfigurationThatStillSaysTheKey() {
    ring.revoke("ci", NOON);
    ring.configure(List.of(configured));
    assertDenied(Denial.Reason.REVOKED_KEY, fromFile, ONE);
    ring.configure(List.of());
    assertDenied(Denial.Reason.UNKNOWN_KEY, fromFile, ONE);
    ring.configure(List.of(configured));
    assertDenied(Denial.Reason.REVOKED_KEY, fromFile, ONE);
  }

  @Test
  void aNewConfigurationReplacesItsKeysAndNoOthers() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    Secret other = KeySecret.next(RANDOM);
    ring.configure(List.of(VirtualKey.named("cd").opensWith(KeyHash.of(other, RANDOM))));
    assertOpens("alice", alice.secret(), NOON);
    assertOpens("cd", other, NOON);
    assertDenied(Denial.Reason.UNKNOWN_KEY, fromFile, NOON);
  }

  @Test
  void aConfigurationThatNamesAMintedKeyIsRefusedWhole() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    VirtualKey same = VirtualKey.named("alice").opensWith(KeyHash.of(fromFile, RANDOM));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.configure(List.of(same)))
        .withMessageContaining("alice");
    assertOpens("alice", alice.secret(), NOON);
    assertOpens("ci", fromFile, NOON);
  }

  @Test
  void aMintedKeyThatIsWrittenIntoTheConfigurationBecomesOneOfItsKeys() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    VirtualKey written = alice.key().team("platform");
    ring.configure(List.of(written));
    assertOpens("alice", alice.secret(), NOON);
    assertThat(ring.all()).containsExactly(written);
    assertThatIllegalStateException().isThrownBy(() -> ring.rotate("alice", NOON, ONE));
    ring.configure(List.of());
    assertDenied(Denial.Reason.UNKNOWN_KEY, alice.secret(), NOON);
  }

  @Test
  void aMintedKeyThatWasRevokedStaysSoInTheConfiguration() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    ring.revoke("alice", NOON);
    ring.configure(List.of(alice.key()));
    assertDenied(Denial.Reason.REVOKED_KEY, alice.secret(), ONE);
  }

  @Test
  void aRevokedSecretStaysSoUnderAnotherNameToo() {
    ring.revoke("ci", NOON);
    ring.configure(List.of(VirtualKey.named("ci-2").locks(configured.locks())));
    assertDenied(Denial.Reason.REVOKED_KEY, fromFile, ONE);
  }

  @Test
  void onlyANewKeyIsMinted() {
    VirtualKey alice = VirtualKey.named("alice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.mint(alice.locks(configured.locks()), NOON));
    assertThatIllegalArgumentException().isThrownBy(() -> ring.mint(alice.revoked(NOON), NOON));
    assertThatIllegalArgumentException().isThrownBy(() -> ring.mint(alice.expires(NOON), NOON));
    ring.revoke("ci", NOON);
    ring.configure(List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.mint(VirtualKey.named("ci"), NOON))
        .withMessageContaining("revoked");
  }

  @Test
  void aHashOfAMintedKeyUnderAnotherNameIsRefused() {
    MintedKey alice = ring.mint(VirtualKey.named("alice"), NOON);
    VirtualKey bob = VirtualKey.named("bob").locks(alice.key().locks());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.configure(List.of(bob)))
        .withMessageContaining("opens alice");
    assertOpens("alice", alice.secret(), NOON);
  }

  @Test
  void whatTheConfigurationSaysIsRotatedThere() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ring.rotate("ci", NOON, ONE))
        .withMessageContaining("configuration");
    assertThatIllegalArgumentException().isThrownBy(() -> ring.rotate("nobody", NOON, ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> ring.revoke("nobody", ONE));
  }
}
