package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTest {

  private static final String SECRET = "sk-proj-abcdefghijklmnopqrstuvwxyz";

  @Test
  void fingerprintsTellKeysApartAndDependOnTheSalt() {
    Credential one = Credential.of(SECRET);

    assertThat(one.fingerprint(new byte[] {1}))
        .isEqualTo(Credential.of(SECRET).fingerprint(new byte[] {1}))
        .isNotEqualTo(Credential.of(SECRET + "2").fingerprint(new byte[] {1}))
        .isNotEqualTo(one.fingerprint(new byte[] {2}));
    assertThat(one).isEqualTo(Credential.of(SECRET)).hasSameHashCodeAs(Credential.of(SECRET));
  }

  @Test
  void nothingOfTheSecretIsShown() {
    assertThat(Credential.of(SECRET)).hasToString("Credential");
    assertThat(CallIntent.builder(ModelId.of("openai", "gpt-4o"))
            .credential(Credential.of(SECRET))
            .prompt(Prompt.ofText("my secret diary"))
            .build())
        .hasToString("CallIntent direct openai/gpt-4o {}");
    assertThat(Prompt.ofText("my secret diary").toString()).doesNotContain("diary");
  }
}
