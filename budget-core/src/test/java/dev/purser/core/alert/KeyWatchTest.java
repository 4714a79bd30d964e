package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.record.DayLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spikes of keys: the edges of the rule. */
class KeyWatchTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  private final Told told = new Told();
  private final KeyWatch watch = new KeyWatch(AlertRules.DEFAULT, Told.OWNERS, told, BERLIN);

  private void spend(Attribution who, LocalDate day, String usd) {
    spend(who, day.atTime(LocalTime.NOON).atZone(BERLIN).toInstant(), usd);
  }

  private void spend(Attribution who, Instant at, String usd) {
    watch.add(Told.spent(who, usd, at), true);
  }

  /** So many days of $10, weekends left out; returns the day after. */
  private LocalDate weekdays(Attribution who, int days) {
    LocalDate day = MONDAY;
    for (int left = days; left > 0; day = day.plusDays(1)) {
      if (!DayTotal.isWeekend(day.toEpochDay())) {
        spend(who, day, "10");
        left--;
      }
    }
    return day;
  }

  @Test
  void threeTimesTheMeanIsNoticedOnceADayAndMoreThanThatPaged() {
    LocalDate day = weekdays(ALICE, 20);
    spend(ALICE, day, "30");
    assertThat(told.alerts).isEmpty();

    spend(ALICE, day, "0.01");
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Kind.SPIKE);
      assertThat(alert.severity()).isEqualTo(Severity.NOTICE);
      assertThat(alert.owner()).as("the team's").isEqualTo("lead@acme.dev");
      assertThat(alert.until()).isEqualTo(day.plusDays(1).atStartOfDay(BERLIN).toInstant());
    });

    spend(ALICE, day, "1");
    assertThat(told.alerts).hasSize(1);
    spend(ALICE, day, "200");
    assertThat(told.alerts)
        .extracting(Alert::severity)
        .containsExactly(Severity.NOTICE, Severity.PAGE);
  }

  @Test
  void tenDollarsMoreThanTheMeanIsTheLeast() {
    LocalDate day = MONDAY;
    for (int i = 0; i < 5; i++, day = day.plusDays(1)) {
      spend(ALICE, day, "1");
    }
    spend(ALICE, day, "10.99");
    assertThat(told.alerts).isEmpty();
    spend(ALICE, day, "0.01");
    assertThat(told.alerts).hasSize(1);
  }

  @Test
  void aNewKeyIsComparedWithItsTeamsMedianDay() {
    for (String name : List.of("bob", "carol")) {
      LocalDate unused = weekdays(Attribution.key(name).team("platform"), 6);
    }
    LocalDate day = MONDAY.plusDays(14);
    spend(ALICE, day, "30");
    assertThat(told.alerts).isEmpty();
    spend(ALICE, day, "1");
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.message()).contains("a new key, whose team's median day is $10");
      assertThat(alert.severity()).isEqualTo(Severity.NOTICE);
    });
  }

  @Test
  void aNewKeyWithoutATeamMaySpendFiftyDollars() {
    Attribution alone = Attribution.key("alone");
    spend(alone, MONDAY, "50");
    assertThat(told.alerts).isEmpty();
    spend(alone, MONDAY, "0.01");
    assertThat(told.alerts)
        .singleElement()
        .satisfies(
            alert -> assertThat(alert.message()).contains("a new key, of which nothing is known"));
  }

  /** Days on which nothing was charged are none; a mean of zero is no yardstick. */
  @Test
  void aKeyWhoseDaysCostNothingIsANewOne() {
    LocalDate day = MONDAY;
    for (int i = 0; i < 10; i++, day = day.plusDays(1)) {
      spend(ALICE, day, "0");
    }
    spend(ALICE, day, "49");
    assertThat(told.alerts).isEmpty();
    spend(ALICE, day, "2");
    assertThat(told.alerts)
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("a new key"));
  }

  @Test
  void aKeyOfWeekendsIsComparedWithItsWeekends() {
    LocalDate saturday = LocalDate.of(2026, 3, 7);
    for (int week = 0; week < 8; week++) {
      spend(ALICE, saturday.plusDays(7L * week), "20");
      spend(ALICE, saturday.plusDays(7L * week + 1), "20");
    }
    LocalDate next = saturday.plusDays(56);
    spend(ALICE, next, "60");
    assertThat(told.alerts).isEmpty();
    spend(ALICE, next, "200");
    assertThat(told.alerts).extracting(Alert::severity).contains(Severity.PAGE);
  }

  @Test
  void usersOfOneKeyAreNamed() {
    spend(ALICE.user("alice"), MONDAY, "1");
    assertThat(told.alerts).isEmpty();
    spend(ALICE.user("bob"), MONDAY, "1");
    spend(ALICE.user("bob"), MONDAY, "1");
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Kind.SHARED_KEY);
      assertThat(alert.message()).contains("alice, bob");
    });
    spend(ALICE.user("bob"), MONDAY.plusDays(1), "1");
    assertThat(told.alerts).hasSize(1);
  }

  /** Nobody looked between the last call of the day and the first of the next. */
  @Test
  void aDayThatEndsBetweenTwoLooksIsWrittenWhole() {
    spend(ALICE, MONDAY, "3");
    spend(ALICE, MONDAY.plusDays(1), "1");
    List<DayLine> written = new ArrayList<>();

    watch.look(MONDAY.plusDays(1).atTime(13, 0).atZone(BERLIN).toInstant(), written::add);

    assertThat(written)
        .extracting(DayLine::nanoUsd)
        .containsExactly(Usd.of("3").nanos(), Usd.of("1").nanos());
  }

  /** A call over midnight belongs to the day on which it began. */
  @Test
  void whatEndsADayLaterCountsForItsDay() {
    Instant midnight = MONDAY.plusDays(1).atStartOfDay(BERLIN).toInstant();
    spend(ALICE, MONDAY, "10");
    SpendRecord late = SpendRecord.builder(
            "1", Outcome.SETTLED, Told.OPUS, midnight.minusSeconds(9))
        .endedAt(midnight.plusSeconds(9))
        .attribution(ALICE)
        .usage(Usage.ofTokens(1, 1))
        .charged(0, Usd.of("60").nanos())
        .spent(Usd.of("60").nanos())
        .build();
    watch.add(late, true);
    spend(ALICE, MONDAY.plusDays(1), "1");

    assertThat(told.alerts).isEmpty();
    List<DayLine> written = new ArrayList<>();
    watch.look(midnight.plusSeconds(60), written::add);
    assertThat(written)
        .extracting(line -> line.day() + " " + line.nanoUsd())
        .containsExactly(
            MONDAY + " " + Usd.of("70").nanos(),
            MONDAY.plusDays(1) + " " + Usd.of("1").nanos());
  }

  @Test
  void whatIsWrittenDownIsTheSameAfterARestart() {
    LocalDate day = weekdays(ALICE, 20);
    List<DayLine> written = new ArrayList<>();
    KeyWatch first = new KeyWatch(AlertRules.DEFAULT, Told.OWNERS, told, BERLIN);
    LocalDate each = MONDAY;
    for (; each.isBefore(day); each = each.plusDays(1)) {
      if (!DayTotal.isWeekend(each.toEpochDay())) {
        Instant at = each.atTime(LocalTime.NOON).atZone(BERLIN).toInstant();
        first.add(Told.spent(ALICE, "10", at), true);
        first.look(at.plusSeconds(60), written::add);
      }
    }
    KeyWatch second = new KeyWatch(AlertRules.DEFAULT, Told.OWNERS, told, BERLIN);
    written.forEach(line -> second.restore(
        line.key(), line.team(), new DayTotal(line.day().toEpochDay(), line.nanoUsd(), 1, 1)));
    Instant noon = day.atTime(LocalTime.NOON).atZone(BERLIN).toInstant();

    second.add(Told.spent(ALICE, "30", noon), true);
    assertThat(told.alerts).isEmpty();
    second.add(Told.spent(ALICE, "1", noon), true);
    assertThat(told.alerts).hasSize(1);
    assertThat(written.get(0).nanoUsd()).isEqualTo(Usd.of("10").nanos());

    // Of a new key of the same team, too.
    second.add(Told.spent(Attribution.key("new").team("platform"), "31", noon), true);
    assertThat(told.alerts).hasSize(2);
    assertThat(told.alerts.get(1).message()).contains("a new key, whose team's median day is $10");
  }
}
