package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualKeyTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void whoHoldsItCannotSayThatTheCallIsSomebodyElses() {
    VirtualKey key = VirtualKey.named("alice").user("alice@acme.dev").team("platform");
    Attribution stated = Attribution.key("bob").user("mallory").team("research").session("s1");
    assertThat(key.attribute(stated))
        .isEqualTo(
            Attribution.key("alice").user("alice@acme.dev").team("platform").session("s1"));
  }

  @Test
  void whatTheKeyDoesNotFixIsAsStated() {
    assertThat(
            VirtualKey.named("ci").attribute(Attribution.NONE.team("research").tag("pr", "1")))
        .isEqualTo(Attribution.key("ci").team("research").tag("pr", "1"));
  }

  @Test
  void defaultsFillWhatIsLeftOut() {
    VirtualKey key = VirtualKey.named("ci")
        .team("platform")
        .defaults(Attribution.NONE.taskClass("routine").tag("repo", "purser").tag("pr", "0"));
    assertThat(key.attribute(Attribution.NONE.tag("pr", "7")))
        .isEqualTo(Attribution.key("ci")
            .team("platform")
            .taskClass("routine")
            .tag("repo", "purser")
            .tag("pr", "7"));
    assertThat(key.attribute(Attribution.NONE.taskClass("complex")).taskClass())
        .isEqualTo("complex");
  }

  @Test
  void aCallWithoutATaskClassGetsTheFirstThatIsAllowed() {
    VirtualKey key = VirtualKey.named("ci").taskClasses("routine", "complex");
    assertThat(key.attribute(Attribution.NONE).taskClass()).isEqualTo("routine");
    assertThat(key.attribute(Attribution.NONE.taskClass("odd")).taskClass()).isEqualTo("odd");
  }

  @Test
  void modelsAreAllowedByNameWithAndWithoutProviderAndByPattern() {
    VirtualKey key = VirtualKey.named("ci").models("claude-haiku-*", "openai/gpt-5-mini");
    assertThat(key.allows(ModelId.of("anthropic", "claude-haiku-4-5"))).isTrue();
    assertThat(key.allows(ModelId.of("openai", "gpt-5-mini"))).isTrue();
    assertThat(key.allows(ModelId.of("azure", "gpt-5-mini"))).isFalse();
    assertThat(key.allows(ModelId.of("openai", "gpt-5"))).isFalse();
    assertThat(key.allows(ModelId.of("openai", ""))).isFalse();
    assertThat(VirtualKey.named("any").allows(ModelId.of("openai", "gpt-5"))).isTrue();
  }

  @Test
  void aLockIsFoundByItsSecretAlone() {
    Secret first = KeySecret.next(RANDOM);
    Secret second = KeySecret.next(RANDOM);
    VirtualKey key = VirtualKey.named("ci")
        .opensWith(KeyHash.of(first, RANDOM))
        .opensWith(KeyHash.of(second, RANDOM));
    assertThat(key.lockOf(Credential.of(first.reveal()))).contains(key.locks().get(0));
    assertThat(key.lockOf(Credential.of(second.reveal()))).contains(key.locks().get(1));
    // The id of one with the rest of the other.
    String mixed = first.reveal().substring(0, 20) + second.reveal().substring(20);
    assertThat(key.lockOf(Credential.of(mixed))).isEmpty();
  }

  @Test
  void aLockOpensUntilJustBeforeItsEndWhichOnlyMovesForward() {
    VirtualKey.Lock open = new VirtualKey.Lock(KeyHash.of(KeySecret.next(RANDOM), RANDOM), null);
    assertThat(open.opensAt(Instant.MAX)).isTrue();
    VirtualKey.Lock closing = open.until(NOON);
    assertThat(closing.opensAt(NOON.minusNanos(1))).isTrue();
    assertThat(closing.opensAt(NOON)).isFalse();
    assertThat(closing.until(NOON.plusSeconds(60))).isEqualTo(closing);
    assertThat(closing.until(NOON.minusSeconds(60)).until()).isEqualTo(NOON.minusSeconds(60));
  }

  @Test
  void blankPartsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.named(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.named("a").owner(""));
    assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.named("a").models("x", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.named("a").taskClasses(""));
  }

  @Test
  void rendersNoHash() {
    KeyHash hash = KeyHash.of(KeySecret.next(RANDOM), RANDOM);
    assertThat(VirtualKey.named("alice").team("platform").opensWith(hash))
        .hasToString("VirtualKey alice {key=alice, team=platform}");
  }
}
