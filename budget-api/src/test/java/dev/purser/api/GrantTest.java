package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrantTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void sayingMoreOfAGrantChangesOnlyThat() {
    Grant plain = Grant.of("tripwire", Usd.of("50"));

    Grant full = plain.to("key=alice").until(NOON).by("dana").because("release night");

    assertThat(full.budget()).isEqualTo("tripwire");
    assertThat(full.unit()).isEqualTo(Grant.Unit.MONEY);
    assertThat(full.amount()).isEqualTo(50_000_000_000L);
    assertThat(full.scope()).isEqualTo("key=alice");
    assertThat(full.until()).isEqualTo(NOON);
    assertThat(full.by()).isEqualTo("dana");
    assertThat(full.why()).isEqualTo("release night");
    assertThat(plain.scope()).isEmpty();
    assertThat(plain.until()).isNull();
    assertThat(plain)
        .isEqualTo(Grant.of("tripwire", Usd.of("50")))
        .hasSameHashCodeAs(Grant.of("tripwire", Usd.of("50")))
        .isNotEqualTo(Grant.of("tripwire", 50_000_000_000L))
        .isNotEqualTo(full);
  }

  @Test
  void itReadsAsWhatItIs() {
    assertThat(Grant.of("tripwire", Usd.of("50")).to("key=a"))
        .hasToString("Grant of $50.00 to tripwire (key=a)");
    assertThat(Grant.of("tokens", 2_000)).hasToString("Grant of 2000 to tokens");
    assertThat(Grant.ofPercent("tokens", 20)).hasToString("Grant of 20 % to tokens");
  }

  @Test
  void nothingAndLessIsNoGrant() {
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of("b", Usd.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of("b", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.ofPercent("b", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of(" ", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of("b", 1).by(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of("b", 1).because(" "));
  }

  @Test
  void itIsOverAtItsEndAndNotBefore() {
    GrantInForce grant =
        new GrantInForce("id", "b", "", Measure.USD, 1, NOON, "dana", "why", NOON.minusSeconds(9));

    assertThat(grant.isOver(NOON.minusNanos(1))).isFalse();
    assertThat(grant.isOver(NOON)).isTrue();
    assertThat(new GrantInForce("id", "b", "", Measure.USD, 1, null, "d", "w", NOON)
            .isOver(Instant.MAX))
        .isFalse();
  }
}
