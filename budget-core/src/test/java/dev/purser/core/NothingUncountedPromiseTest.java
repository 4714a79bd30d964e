package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise 9: without an attribution a call counts for its credential, and without one as such. */
class NothingUncountedPromiseTest {

  private final Purser purser = Purser.builder()
      .owner("dana")
      .budget(Budget.total("per key", Usd.of("0.01")).per(Dimension.KEY))
      .build();

  @AfterEach
  void close() {
    purser.close();
  }

  private static CallIntent call(Attribution who, @Nullable String secret) {
    return CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .attribution(who)
        .credential(secret == null ? null : Credential.of(secret))
        .outputCap(1000)
        .build();
  }

  private Refusal spendAndRefuse(Attribution who, @Nullable String secret) {
    purser.admit(call(who, secret)).orThrow().settle(Usage.ofTokens(0, 1000));
    Admission second = purser.admit(call(who, secret));
    assertThat(second).isInstanceOf(Admission.Refused.class);
    return ((Admission.Refused) second).refusal();
  }

  @Test
  void aCallWithNothingCountsAsUnattributed() {
    assertThat(spendAndRefuse(Attribution.NONE, null).scope()).isEqualTo("key=unattributed");
  }

  @Test
  void aCallWithACredentialCountsForItsFingerprint() {
    String one = spendAndRefuse(Attribution.NONE.team("red"), "sk-one").scope();
    String two = spendAndRefuse(Attribution.NONE, "sk-two").scope();

    assertThat(one).matches("key=fp-[0-9a-f]{12}").isNotEqualTo(two);
  }

  @Test
  void anAttributionGoesBeforeTheCredential() {
    assertThat(spendAndRefuse(Attribution.key("alice"), "sk-one").scope()).isEqualTo("key=alice");
  }

  @Test
  void valuesThatLookLikeSeveralNeverShareAnAccount() {
    try (Purser two = Purser.builder()
        .owner("dana")
        .budget(Budget.total("both", Usd.of("0.01")).per(Dimension.KEY, Dimension.TEAM))
        .build()) {
      String joined = scopeAfterSpending(two, Attribution.key("a,team=b"));
      String apart = scopeAfterSpending(two, Attribution.key("a").team("b"));

      assertThat(joined).isNotEqualTo(apart);
    }
  }

  private static String scopeAfterSpending(Purser purser, Attribution who) {
    purser.admit(call(who, null)).orThrow().settle(Usage.ofTokens(0, 1000));
    return Objects.requireNonNull(((Admission.Refused) purser.admit(call(who, null))).refusal())
        .scope();
  }
}
