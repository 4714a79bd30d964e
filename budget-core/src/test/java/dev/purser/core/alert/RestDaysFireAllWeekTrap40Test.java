package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/**
 * Trap 40: the mean of the last seven days of a key that rests at weekends is too low, and with holidays much
 * too low, so that "more than three times the mean" fires all week.
 */
class RestDaysFireAllWeekTrap40Test {

  @Test
  void aKeyThatRestsAtWeekendsAndForAFortnightIsNoSpikeWhenItComesBack() {
    Told told = new Told();
    KeyWatch watch = new KeyWatch(AlertRules.DEFAULT, Told.OWNERS, told, ZoneOffset.UTC);
    Attribution alice = Attribution.key("alice");
    LocalDate first = LocalDate.of(2026, 1, 5);
    for (LocalDate day = first; day.isBefore(first.plusDays(120)); day = day.plusDays(1)) {
      boolean holiday = !day.isBefore(first.plusDays(60)) && day.isBefore(first.plusDays(74));
      if (!DayTotal.isWeekend(day.toEpochDay()) && !holiday) {
        String usd = day.getDayOfMonth() % 2 == 0 ? "60" : "25";
        watch.add(
            Told.spent(alice, usd, day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC)), true);
      }
    }
    // Before it has five active days it is a new key, which may spend fifty dollars.
    assertThat(told.alerts).allSatisfy(alert -> assertThat(alert.message()).contains("a new key"));
    assertThat(told.alerts)
        .allSatisfy(alert -> assertThat(alert.at())
            .isBefore(first.plusDays(7).atStartOfDay().toInstant(ZoneOffset.UTC)));
  }
}
