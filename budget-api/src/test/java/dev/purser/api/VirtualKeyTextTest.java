package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class VirtualKeyTextTest {

  private static final Upstream SOMEWHERE = new Upstream("openai", "api.openai.com", 443, "alice");

  @Test
  void aKeyIsFoundInsideATextAndItsBeginningAloneIsNone() {
    String key = KeySecret.next(new SecureRandom()).reveal();

    assertThat(KeySecret.occursIn(key)).isTrue();
    assertThat(KeySecret.occursIn("a=" + key + "; b")).isTrue();
    assertThat(KeySecret.occursIn(key.substring(0, key.length() - 1))).isFalse();
    assertThat(KeySecret.occursIn("purser_run_7")).isFalse();
    assertThat(KeySecret.occursIn("")).isFalse();
  }

  @Test
  void theFirstSourceThatHasACredentialAnswers() {
    CredentialSource none = upstream -> null;
    CredentialSource one = upstream -> Secret.of("one");
    CredentialSource two = upstream -> Secret.of("two");

    assertThat(none.orElse(one).orElse(two).credentialFor(SOMEWHERE)).isEqualTo(Secret.of("one"));
    assertThat(none.orElse(none).credentialFor(SOMEWHERE)).isNull();
  }

  @Test
  void aGuardThatKnowsNoKeysKnowsNoNames() {
    assertThat(BudgetGuard.noop().keyName(Credential.of("purser_x"))).isEmpty();
  }
}
