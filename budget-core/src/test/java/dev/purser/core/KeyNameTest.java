package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Credential;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import org.junit.jupiter.api.Test;

/** Whoever keeps a real credential for each key learns which key a call was made with. */
class KeyNameTest {

  @Test
  void aGoodKeyHasANameAndNothingElseHas() {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")))
        .build()) {
      String secret =
          purser.keys().mint(VirtualKey.named("alice"), "dana").secret().reveal();

      assertThat(purser.keyName(Credential.of(secret))).contains("alice");
      assertThat(purser.keyName(Credential.of("sk-ordinary"))).isEmpty();
      assertThat(purser.keyName(Credential.of("purser_nonsense"))).isEmpty();
      purser.keys().revoke("alice", "dana", "gone");
      assertThat(purser.keyName(Credential.of(secret))).isEmpty();
    }
  }
}
