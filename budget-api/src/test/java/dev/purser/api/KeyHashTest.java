package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Secret secret = KeySecret.next(RANDOM);
  private final KeyHash hash = KeyHash.of(secret, RANDOM);

  @Test
  void recognisesItsSecretAndNoOther() {
    assertThat(hash.matches(Credential.of(secret.reveal()))).isTrue();
    assertThat(hash.matches(Credential.of(secret.reveal() + " "))).isFalse();
    assertThat(hash.matches(Credential.of(KeySecret.next(RANDOM).reveal()))).isFalse();
    assertThat(hash.id()).isEqualTo(Credential.of(secret.reveal()).keyId());
  }

  @Test
  void survivesBeingWrittenIntoAFile() {
    KeyHash read = KeyHash.parse(hash.toString());
    assertThat(read).isEqualTo(hash).hasToString(hash.toString());
    assertThat(read.matches(Credential.of(secret.reveal()))).isTrue();
  }

  @Test
  void tellsNothingOfTheSecretButItsId() {
    String hidden = secret.reveal().substring("purser_".length() + 13);
    assertThat(hash.toString()).contains(hash.id()).doesNotContain(hidden);
    assertThat(secret).hasToString("Secret");
    assertThat(Credential.of(secret.reveal()).toString()).doesNotContain(hidden);
  }

  @Test
  void isSaltedSoThatTheSameSecretHasAnotherHashEachTime() {
    assertThat(KeyHash.of(secret, RANDOM)).isNotEqualTo(hash);
  }

  @Test
  void secretsAreAllDifferentAndOfOneForm() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String next = KeySecret.next(RANDOM).reveal();
      assertThat(next).matches("purser_[A-Za-z0-9]{12}_[A-Za-z0-9]{43}");
      assertThat(seen.add(next)).isTrue();
      assertThat(seen.add(Credential.of(next).keyId())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "sha256:abcdefghijkl:AAAA:AAAA",
        "sha256:short:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "md5:abcdefghijkl:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256:abcdefghijkl:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_x",
      })
  void whatIsNoHashIsRefusedWithoutBeingQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyHash.parse(text))
        .withMessage(
            "not the hash of a virtual key; it is what minting prints, sha256:ID:SALT:HASH");
  }

  @Test
  void aSecretThatIsTakenForItsHashIsNotQuotedEither() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyHash.parse(secret.reveal()))
        .withMessageContaining("is a secret")
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain(secret.reveal().substring(7)));
  }

  @Test
  void aProvidersKeyIsNoSecretOfAVirtualKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyHash.of(Secret.of("sk-proj-abc"), RANDOM))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("abc"));
    assertThat(Credential.of("sk-proj-abc").isVirtualKey()).isFalse();
    // Meant as one of ours, however mangled: nobody else may see it.
    assertThat(Credential.of("purser_cut").isVirtualKey()).isTrue();
    assertThat(Credential.of("purser_cut").keyId()).isEmpty();
  }
}
