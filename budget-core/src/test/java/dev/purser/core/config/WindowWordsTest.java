package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowWordsTest {

  private static final WindowWords WORDS = new WindowWords(DayOfWeek.MONDAY, Month.JANUARY);

  @Test
  void aWordIsACalendarWindow() {
    assertThat(WORDS.read("hour")).isEqualTo(Window.HOUR);
    assertThat(WORDS.read("day")).isEqualTo(Window.DAY);
    assertThat(WORDS.read("week")).isEqualTo(Window.WEEK);
    assertThat(WORDS.read("month")).isEqualTo(Window.MONTH);
    assertThat(WORDS.read("quarter")).isEqualTo(Window.QUARTER);
    assertThat(WORDS.read("year")).isEqualTo(Window.YEAR);
    assertThat(WORDS.read("total")).isEqualTo(Window.TOTAL);
  }

  @Test
  void weeksAndFiscalYearsStartWhereTheyAreSaidTo() {
    WindowWords words = new WindowWords(DayOfWeek.SATURDAY, Month.NOVEMBER);

    assertThat(words.read("week")).isEqualTo(Window.week(DayOfWeek.SATURDAY));
    assertThat(words.read("quarter")).isEqualTo(Window.quarter(Month.FEBRUARY));
    assertThat(words.read("year")).isEqualTo(Window.year(Month.NOVEMBER));
    assertThat(words.read("day")).isEqualTo(Window.DAY);
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "30m, PT30M", "1h, PT1H", "7d, PT168H", "1500ms, PT1.5S"})
  void anAmountOfTimeRolls(String text, Duration length) {
    assertThat(WORDS.read(text)).isEqualTo(Window.rolling(length));
    assertThat(WORDS.read(text).rolling()).isEqualTo(length);
  }

  @Test
  void twoDaysAreASpanThatIncludesBoth() {
    assertThat(WORDS.read("2026-01-01/2026-03-31"))
        .isEqualTo(Window.days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)));
  }

  @Test
  void twoInstantsAreASpan() {
    Window span = Window.between(
        Instant.parse("2026-01-01T08:00:00Z"), Instant.parse("2026-01-02T08:00:00Z"));

    assertThat(WORDS.read("2026-01-01T08:00:00Z/2026-01-02T08:00:00Z")).isEqualTo(span);
    assertThat(WORDS.read("2026-01-01T09:00:00+01:00/2026-01-02T08:00:00Z")).isEqualTo(span);
    assertThat(Yaml.budget("limit: 1, window: 2026-01-01T08:00:00Z/2026-01-02T08:00:00Z")
            .window())
        .isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01/2026-02-30",
        "2026-01-01/",
        "/",
        "2026-01-01/2026-01-02T00:00:00Z",
        "2026-1-1/2026-2-1",
        "+999999999-12-31/+999999999-12-31",
        "a/b/c",
      })
  void whatIsNoSpanIsRefused(String text) {
    assertThatThrownBy(() -> WORDS.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a span of time: \"" + text + "\"; write two days such as");
  }

  @Test
  void aSpanThatEndsBeforeItStartsIsRefused() {
    assertThatThrownBy(() -> WORDS.read("2026-03-31/2026-01-01"))
        .hasMessage("a span ends before it starts: 2026-03-31/2026-01-01");
  }

  @Test
  void rollingWindowsThatAreTooShortOrTooLongAreRefused() {
    assertThatThrownBy(() -> WORDS.read("500ms")).hasMessageContaining("from a second");
    assertThatThrownBy(() -> WORDS.read("367d")).hasMessageContaining("to 366 days");
    assertThatThrownBy(() -> WORDS.read("999999999d")).hasMessageContaining("to 366 days");
  }

  @Test
  void otherWordsAreRefusedWithWhatWasMeantOrCouldBeSaid() {
    assertThatThrownBy(() -> WORDS.read("dya"))
        .hasMessage("unknown window \"dya\"; did you mean \"day\"?");
    assertThatThrownBy(() -> WORDS.read("fortnight"))
        .hasMessageStartingWith("unknown window \"fortnight\"; write hour, day, week,");
    assertThatThrownBy(() -> WORDS.read("9999999999s")).hasMessageStartingWith("unknown window");
    assertThatThrownBy(() -> WORDS.read("/".repeat(1000))).hasMessageStartingWith("unknown window");
  }
}
