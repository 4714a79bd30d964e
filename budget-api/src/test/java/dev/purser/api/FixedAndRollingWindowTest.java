package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FixedAndRollingWindowTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");
  private static final Instant END = Instant.parse("2026-03-31T17:00:00Z");

  @Test
  void aSpanOfDaysIncludesTheFirstAndTheLast() {
    Window spring = Window.days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31));
    Instant start = Instant.parse("2026-02-28T23:00:00Z");
    Instant end = Instant.parse("2026-03-31T22:00:00Z"); // summer time by then

    assertThat(spring.covers(start, BERLIN)).isTrue();
    assertThat(spring.covers(start.minusNanos(1), BERLIN)).isFalse();
    assertThat(spring.covers(end.minusNanos(1), BERLIN)).isTrue();
    assertThat(spring.covers(end, BERLIN)).isFalse();
    assertThat(spring.startOf(end.minusNanos(1), BERLIN)).isEqualTo(start);
    assertThat(spring.endOf(start, BERLIN)).isEqualTo(end);
    assertThat(spring.covers(start, ZoneOffset.UTC)).as("still February there").isFalse();
  }

  @Test
  void aSpanMayBeASingleDayOf23Hours() {
    LocalDate day = LocalDate.of(2026, 3, 29);
    Window one = Window.days(day, day);
    Instant at = Instant.parse("2026-03-29T12:00:00Z");

    assertThat(Duration.between(one.startOf(at, BERLIN), one.endOf(at, BERLIN))).hasHours(23);
  }

  @Test
  void aSpanOfInstantsIsTheSameEverywhere() {
    Window term = Window.between(START, END);

    for (ZoneId zone : new ZoneId[] {BERLIN, ZoneOffset.UTC}) {
      assertThat(term.covers(START.minusNanos(1), zone)).isFalse();
      assertThat(term.covers(START, zone)).isTrue();
      assertThat(term.covers(END.minusNanos(1), zone)).isTrue();
      assertThat(term.covers(END, zone)).isFalse();
      assertThat(term.startOf(START, zone)).isEqualTo(START);
      assertThat(term.startOf(END.minusNanos(1), zone)).isEqualTo(START);
      assertThat(term.endOf(START, zone)).isEqualTo(END);
    }
  }

  @Test
  void outsideASpanTheNextThingToHappenIsItsBeginOrNothing() {
    Window term = Window.between(START, END);

    assertThat(term.endOf(START.minusNanos(1), BERLIN)).isEqualTo(START);
    assertThat(term.endOf(Instant.EPOCH, BERLIN)).isEqualTo(START);
    assertThat(term.endOf(END, BERLIN)).isEqualTo(Instant.MAX);
    assertThat(term.endOf(END.plusSeconds(1_000_000_000), BERLIN)).isEqualTo(Instant.MAX);
  }

  @Test
  void aSpanThatEndsBeforeItStartsIsRefused() {
    assertThatThrownBy(() -> Window.days(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-02-01/2026-01-31");
    assertThatThrownBy(() -> Window.between(START, START))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Window.between(END, START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allTimeHasNeitherBeginNorEnd() {
    for (Instant at : new Instant[] {Instant.MIN, Instant.EPOCH, START, Instant.MAX}) {
      assertThat(Window.TOTAL.covers(at, BERLIN)).isTrue();
      assertThat(Window.TOTAL.endOf(at, BERLIN)).isEqualTo(Instant.MAX);
    }
    assertThat(Window.TOTAL.startOf(START, BERLIN)).isEqualTo(Instant.MIN);
    assertThat(Window.TOTAL.rolling()).isNull();
  }

  @Test
  void aRollingWindowReachesBackFromEachCall() {
    Window hour = Window.rolling(Duration.ofHours(1));
    Instant at = Instant.parse("2026-03-29T01:30:00Z"); // the clock changed half an hour ago

    assertThat(hour.startOf(at, BERLIN)).isEqualTo("2026-03-29T00:30:00Z");
    assertThat(hour.endOf(at, BERLIN)).isEqualTo("2026-03-29T02:30:00Z");
    assertThat(hour.covers(at, BERLIN)).isTrue();
    assertThat(hour.rolling()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aRollingWindowLastsFromASecondToALeapYear() {
    assertThat(Window.rolling(Duration.ofSeconds(1)).rolling()).hasSeconds(1);
    assertThat(Window.rolling(Duration.ofDays(366)).rolling()).hasDays(366);
    for (Duration length : new Duration[] {
      Duration.ZERO,
      Duration.ofSeconds(1).minusNanos(1),
      Duration.ofDays(366).plusNanos(1),
      Duration.ofHours(-1)
    }) {
      assertThatThrownBy(() -> Window.rolling(length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a second to 366 days");
    }
  }

  @Test
  void windowsAreEqualWhereTheySpanTheSame() {
    assertThat(Window.rolling(Duration.ofMinutes(60)))
        .isEqualTo(Window.rolling(Duration.ofHours(1)))
        .hasSameHashCodeAs(Window.rolling(Duration.ofHours(1)))
        .isNotEqualTo(Window.HOUR)
        .hasToString("1h");
    assertThat(Window.between(START, END))
        .isEqualTo(Window.between(START, END))
        .isNotEqualTo(Window.between(START, END.plusNanos(1)));
    assertThat(Window.days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)))
        .isEqualTo(Window.days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)))
        .hasToString("2026-01-01/2026-03-31");
    assertThat(Window.DAY).isNotEqualTo(Window.TOTAL).isNotEqualTo("day");
  }
}
