package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.purser.api.AlertRules;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules scored on the data of the design's page, against the rows of its table. */
class SpikeScoresTest {

  /** False alarms are counted from here on; before, there is too little to go by. */
  private static final long FROM = LocalDate.of(2026, 3, 2).toEpochDay();

  private static final long TO = LocalDate.of(2026, 7, 6).toEpochDay();
  private static final SpikeRule RULE = new SpikeRule(AlertRules.DEFAULT);

  /** Whether a key's day of so much is an alert, given the days before. */
  private interface Rule {
    boolean fires(NavigableMap<Long, Long> before, long day, long nanoUsd);
  }

  private record Score(double falseAlarms, double times5, double times10) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%6.1f %5.2f %5.2f", falseAlarms, times5, times10);
    }
  }

  private static Score score(Rule rule, SpikeData data) {
    long alarms = 0;
    for (TreeMap<Long, Long> days : data.spend().values()) {
      for (Map.Entry<Long, Long> day : days.tailMap(FROM, true).entrySet()) {
        alarms +=
            rule.fires(days.headMap(day.getKey(), false), day.getKey(), day.getValue()) ? 1 : 0;
      }
    }
    double weeks = (TO - FROM) / 7.0;
    return new Score(
        alarms / weeks / (data.spend().size() / 100.0),
        found(rule, data, 5),
        found(rule, data, 10));
  }

  private static double found(Rule rule, SpikeData data, int times) {
    List<SpikeData.Incident> tried =
        data.incidents().stream().filter(incident -> incident.times() == times).toList();
    assertThat(tried).isNotEmpty();
    long fired = tried.stream()
        .filter(incident -> rule.fires(
            data.spend().get(incident.key()).headMap(incident.epochDay(), false),
            incident.epochDay(),
            incident.nanoUsd()))
        .count();
    return fired / (double) tried.size();
  }

  private static boolean plain(NavigableMap<Long, Long> before, long day, long nanoUsd) {
    long week = before.tailMap(day - 7, true).values().stream()
        .mapToLong(Long::longValue)
        .sum();
    return week > 0 && nanoUsd > 3 * (week / 7);
  }

  private static SpikeLimits limits(NavigableMap<Long, Long> before, long day) {
    DailyHistory history = new DailyHistory();
    before.forEach((at, nanoUsd) -> history.put(new DayTotal(at, nanoUsd, 0, 0)));
    SpikeLimits limits = RULE.limits(history, day, 0);
    return limits.newKey() ? new SpikeLimits(Long.MAX_VALUE, Long.MAX_VALUE, 0, true) : limits;
  }

  private static boolean notice(NavigableMap<Long, Long> before, long day, long nanoUsd) {
    return nanoUsd > limits(before, day).noticeAbove();
  }

  private static boolean page(NavigableMap<Long, Long> before, long day, long nanoUsd) {
    return nanoUsd > limits(before, day).pageAbove();
  }

  /** The page's row: the median deviation, of the like days of six weeks, without "10 × the mean". */
  private static boolean byThePage(NavigableMap<Long, Long> before, long day, long nanoUsd) {
    List<Double> logs = new ArrayList<>();
    before.tailMap(day - 42, true).forEach((at, spent) -> {
      if (DayTotal.isWeekend(at) == DayTotal.isWeekend(day)) {
        logs.add(Math.log((double) spent));
      }
    });
    if (logs.size() < 8 || !notice(before, day, nanoUsd)) {
      return false;
    }
    double median = median(logs);
    List<Double> strays = logs.stream().map(log -> Math.abs(log - median)).toList();
    double sigma = Math.max(0.25, 1.4826 * median(new ArrayList<>(strays)));
    return (Math.log((double) nanoUsd) - median) / sigma > 2.5;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    int n = values.size();
    return (values.get((n - 1) / 2) + values.get(n / 2)) / 2;
  }

  @Test
  void theTableOfThePage() throws IOException {
    SpikeData s05 = SpikeData.read("s05");
    SpikeData s07 = SpikeData.read("s07");
    System.out.println("alerts a week per 100 keys, found at 5 × and 10 ×:   s05   |   s07");
    assertNear(row("plain", SpikeScoresTest::plain, s05, s07), 53.1, 1, 1, 68.5, .99, 1);
    assertNear(row("notice", SpikeScoresTest::notice, s05, s07), 5.2, .98, 1, 16.2, .96, 1);
    assertNear(
        row("page, as the page has it", SpikeScoresTest::byThePage, s05, s07),
        2.8,
        .93,
        1,
        5.3,
        .69,
        .98);
    List<Score> shipped = row("page, as shipped", SpikeScoresTest::page, s05, s07);
    assertAtLeast(shipped.get(0), new Score(2.8, .93, .995));
    assertAtLeast(shipped.get(1), new Score(5.3, .69, .98));
  }

  private static List<Score> row(String name, Rule rule, SpikeData s05, SpikeData s07) {
    List<Score> scores = List.of(score(rule, s05), score(rule, s07));
    System.out.printf("%-28s %s   | %s%n", name, scores.get(0), scores.get(1));
    return scores;
  }

  private static void assertNear(List<Score> scores, double... expected) {
    for (int i = 0; i < 2; i++) {
      Score score = scores.get(i);
      assertThat(score.falseAlarms()).isCloseTo(expected[3 * i], within(.2));
      assertThat(score.times5()).isCloseTo(expected[3 * i + 1], within(.02));
      assertThat(score.times10()).isCloseTo(expected[3 * i + 2], within(.02));
    }
  }

  private static void assertAtLeast(Score score, Score bar) {
    assertThat(score.falseAlarms()).isLessThanOrEqualTo(bar.falseAlarms());
    assertThat(score.times5()).isGreaterThanOrEqualTo(bar.times5());
    assertThat(score.times10()).isGreaterThanOrEqualTo(bar.times10());
  }
}
