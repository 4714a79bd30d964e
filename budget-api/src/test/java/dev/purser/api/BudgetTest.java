package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void addingSomethingLeavesTheBudgetItWasAddedTo() {
    Budget plain = Budget.daily("tripwire", Usd.of("75"));
    Budget perKey = plain.per(Dimension.KEY).owner("dana").zone(ZoneId.of("Europe/Berlin"));

    assertThat(plain.dimensions()).isEmpty();
    assertThat(plain.owner()).isNull();
    assertThat(perKey.dimensions()).containsExactly(Dimension.KEY);
    assertThat(perKey.limit()).isEqualTo(75_000_000_000L);
    assertThat(perKey.window()).isEqualTo(Window.DAY);
  }

  @Test
  void aDayFollowsItsZoneThroughClockChanges() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant spring = Instant.parse("2026-03-29T10:00:00Z");
    Instant autumn = Instant.parse("2026-10-25T10:00:00Z");

    assertThat(length(spring, berlin)).isEqualTo(Duration.ofHours(23));
    assertThat(length(autumn, berlin)).isEqualTo(Duration.ofHours(25));
    assertThat(length(spring, ZoneOffset.UTC)).isEqualTo(Duration.ofHours(24));
  }

  private static Duration length(Instant at, ZoneId zone) {
    return Duration.between(Window.DAY.startOf(at, zone), Window.DAY.endOf(at, zone));
  }

  @Test
  void dimensionsReadTheirFieldOrSayThatThereIsNone() {
    ModelId model = ModelId.of("openai", "gpt-4o");
    Attribution who = Attribution.key("alice").tag("repo", "purser");

    assertThat(Dimension.KEY.valueOf(who, model)).isEqualTo("alice");
    assertThat(Dimension.TEAM.valueOf(who, model)).isEqualTo("(none)");
    assertThat(Dimension.MODEL.valueOf(who, model)).isEqualTo("gpt-4o");
    assertThat(Dimension.PROVIDER.valueOf(who, model)).isEqualTo("openai");
    assertThat(Dimension.tag("repo").valueOf(who, model)).isEqualTo("purser");
    assertThat(Dimension.tag("pr").valueOf(who, model)).isEqualTo("(none)");
  }
}
