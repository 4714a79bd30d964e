package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.SessionSpend;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionWatchTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Attribution RUN = Attribution.key("alice").session("run");
  private static final Attribution SUB = Attribution.key("alice").session("run/sub");

  private final Told told = new Told();
  private final SessionWatch watch =
      new SessionWatch(AlertRules.DEFAULT, Told.OWNERS, told, ZoneOffset.UTC);

  private void spend(Attribution who, String usd, Instant at) {
    boolean sub = "run/sub".equals(who.session());
    watch.add(Told.spent(who, usd, at), sub ? List.of("run/sub", "run") : List.of("run"), at);
  }

  @Test
  void twentyDollarsWithinAnHourAreToldAndEachDoubling() {
    spend(RUN, "19.99", NOON);
    assertThat(told.alerts).isEmpty();
    spend(RUN, "0.01", NOON.plusSeconds(60));
    assertThat(told.alerts).hasSize(1);
    spend(RUN, "19.99", NOON.plusSeconds(120));
    assertThat(told.alerts).hasSize(1);
    spend(RUN, "0.01", NOON.plusSeconds(180));
    spend(RUN, "100", NOON.plusSeconds(240));
    assertThat(told.alerts)
        .extracting(alert -> alert.facts().get("more than"))
        .containsExactly("$20.00", "$40.00", "$80.00");
  }

  @Test
  void whatIsOlderThanAnHourCountsNoMore() {
    spend(RUN, "19", NOON);
    spend(RUN, "19", NOON.plus(Duration.ofMinutes(61)));
    assertThat(told.alerts).isEmpty();
    spend(RUN, "1", NOON.plus(Duration.ofMinutes(119)));
    assertThat(told.alerts).hasSize(1);
  }

  @Test
  void subAgentsCountForTheSessionsAboveThem() {
    spend(SUB, "15", NOON);
    spend(RUN, "6", NOON);
    assertThat(told.alerts).extracting(Alert::subject).containsExactly("run");

    List<SessionSpend> views = watch.views(NOON);
    assertThat(views).extracting(SessionSpend::session).containsExactly("run", "run/sub");
    assertThat(views.get(0).spent()).isEqualTo(Usd.of("21"));
    assertThat(views.get(0).calls()).isEqualTo(2);
    assertThat(views.get(1).spent()).isEqualTo(Usd.of("15"));
    assertThat(views.get(1).parents()).containsExactly("run");
    assertThat(views.get(1).models()).containsOnlyKeys(Told.OPUS);
  }

  @Test
  void ofAPartAndTheSessionAboveItThatCrossWithOneCallTheOneAboveTells() {
    spend(SUB, "25", NOON);
    assertThat(told.alerts).extracting(Alert::subject).containsExactly("run");
    spend(RUN, "10", NOON);
    spend(SUB, "16", NOON);
    assertThat(told.alerts)
        .extracting(alert -> alert.subject() + " " + alert.facts().get("more than"))
        .containsExactly("run $20.00", "run $40.00");
  }

  @Test
  void aSessionIsActiveRefusedOrIdle() {
    spend(RUN, "1", NOON);
    assertThat(state(NOON)).isEqualTo(SessionSpend.State.ACTIVE);
    SpendRecord refused = SpendRecord.builder("2", Outcome.REFUSED, Told.OPUS, NOON)
        .attribution(RUN)
        .build();
    watch.add(refused, List.of("run"), NOON);
    assertThat(state(NOON)).isEqualTo(SessionSpend.State.REFUSED);
    assertThat(watch.views(NOON).get(0).refused()).isEqualTo(1);
    assertThat(state(NOON.plus(Duration.ofMinutes(11)))).isEqualTo(SessionSpend.State.IDLE);
  }

  private SessionSpend.State state(Instant at) {
    return watch.views(at).get(0).state();
  }

  @Test
  void tenThousandSessionsAreRemembered() {
    for (int i = 0; i < 10_100; i++) {
      Attribution who = Attribution.key("alice").session("s" + i);
      watch.add(Told.spent(who, "1", NOON), List.of("s" + i), NOON);
    }
    assertThat(watch.views(NOON)).hasSize(10_000);
    assertThat(watch.views(NOON)).extracting(SessionSpend::session).doesNotContain("s0");
  }
}
