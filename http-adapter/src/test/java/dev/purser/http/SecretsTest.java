package dev.purser.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource({
    "x-api-key, sk-1, sk-1",
    "AUTHORIZATION, bearer  sk-1, sk-1",
    "Authorization, 'AWS4-HMAC-SHA256 Credential=AKIA/2026/us, Signature=f', AKIA",
  })
  void theCredentialIsTheSecretAlone(String header, String value, String secret) {
    assertThat(Secrets.credential(Head.BARE.with(header, value))).isEqualTo(Credential.of(secret));
  }

  @Test
  void theFirstParameterOfItsNameCounts() {
    assertThat(Secrets.credential(Head.BARE.asking("key", "a").asking("key", "b")))
        .isEqualTo(Credential.of("a"));
    assertThat(Secrets.credential(Head.BARE.asking("key", " "))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"Content-MD5, x", "x-amz-content-sha256, x", "Authorization, AWS4-ECDSA-P256-SHA256"})
  void aBodyThatIsSignedIsKnown(String header, String value) {
    assertThat(Secrets.signed(Head.BARE)).isFalse();
    assertThat(Secrets.signed(Head.BARE.with(header, value))).isTrue();
    assertThat(Secrets.signed(Head.BARE.asking("X-Amz-Signature", "f"))).isTrue();
  }
}
