package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AlertRules;
import dev.purser.api.Budget;
import dev.purser.api.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarterPaceTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Budget BUDGET =
      Budget.quarterly("AI coding", Usd.of("100")).owner("cto@acme.dev").zone(BERLIN);

  private final Told told = new Told();

  private void look(String spent, Instant now) {
    QuarterPace.look(
        new Ground.Quarter(BUDGET, "", Usd.of(spent).nanos(), Usd.of("100").nanos()),
        AlertRules.DEFAULT,
        Told.OWNERS,
        told,
        now);
  }

  /** The fourth quarter begins on October 1; its 42nd day is November 11. */
  @ParameterizedTest
  @CsvSource({
    "59.99, 2026-11-11, 0",
    "60, 2026-11-11, 1",
    "60, 2026-11-12, 0",
    "95, 2026-12-24, 0",
  })
  void sixtyPercentWithinSixWeeks(String spent, LocalDate day, int alerts) {
    look(spent, day.atTime(23, 59).atZone(BERLIN).toInstant());
    assertThat(told.alerts).hasSize(alerts);
  }

  @Test
  void aQuarterWithoutMoneyHasNoPace() {
    QuarterPace.look(
        new Ground.Quarter(BUDGET, "", 0, 0),
        AlertRules.DEFAULT,
        Told.OWNERS,
        told,
        LocalDate.of(2026, 10, 11).atStartOfDay(BERLIN).toInstant());
    assertThat(told.alerts).isEmpty();
  }

  @Test
  void itIsToldOnceAQuarterWithTheDayOnWhichTheMoneyEnds() {
    Instant day10 = LocalDate.of(2026, 10, 11).atStartOfDay(BERLIN).toInstant();
    look("80", day10);
    look("81", day10.plusSeconds(60));
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.message()).contains("at this pace it ends on 2026-10-13");
      assertThat(alert.owner()).isEqualTo("cto@acme.dev");
      assertThat(alert.until())
          .isEqualTo(LocalDate.of(2027, 1, 1).atStartOfDay(BERLIN).toInstant());
    });
    look("80", LocalDate.of(2027, 1, 20).atStartOfDay(BERLIN).toInstant());
    assertThat(told.alerts).hasSize(2);
  }
}
