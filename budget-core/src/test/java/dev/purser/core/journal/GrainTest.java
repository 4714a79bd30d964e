package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No budget in force tells apart what is summed, also before, in and after a fixed span. */
class GrainTest {

  /** In the middle of a quarter of an hour, as its end. */
  private static final Instant BEGIN = Instant.parse("2026-03-28T22:07:31.5Z");

  private static final Instant END = BEGIN.plus(Duration.ofHours(5));

  private static final List<Budget> BUDGETS = List.of(
      budget("span", Window.between(BEGIN, END), "UTC"),
      budget("day", Window.DAY, "Europe/Berlin"),
      budget("hour", Window.HOUR, "Asia/Kathmandu"),
      budget("odd", Window.rolling(Duration.ofSeconds(10_007)), "UTC"));

  private static Budget budget(String name, Window window, String zone) {
    return Budget.of(name, Measure.USD, 1, window).owner("dana").zone(ZoneId.of(zone));
  }

  private static Instant some(Random random) {
    return BEGIN.minus(Duration.ofHours(1)).plusMillis(random.nextInt(8 * 3_600_000));
  }

  /** What each window makes of an instant, and in which bucket of the one that rolls it is. */
  private static List<Object> seen(Instant at) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZoneId kathmandu = ZoneId.of("Asia/Kathmandu");
    Window span = Window.between(BEGIN, END);
    long bucket = Duration.ofSeconds(10_007).toNanos() / 60 + 1;
    return List.of(
        span.covers(at, berlin),
        span.startOf(at, berlin),
        Window.DAY.startOf(at, berlin),
        Window.HOUR.startOf(at, kathmandu),
        Math.floorDiv(at.getEpochSecond() * 1_000_000_000 + at.getNano(), bucket),
        Math.floorDiv(at.getEpochSecond(), 900));
  }

  @Test
  void noWindowTellsTheInstantsOfASpanApart() {
    Random random = new Random(11);
    Grain grain = new Grain(BUDGETS);
    Map<Instant, List<Object>> bySpan = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Instant at = some(random);
      assertThat(seen(at))
          .as("%s", at)
          .isEqualTo(bySpan.computeIfAbsent(grain.startOf(at), start -> seen(at)));
    }
    assertThat(bySpan).hasSizeGreaterThan(100);
  }

  @Test
  void theSpanThatIsRememberedIsTheOneThatWouldBeFound() {
    Random random = new Random(12);
    Grain grain = new Grain(BUDGETS);
    for (int i = 0; i < 5_000; i++) {
      Instant at = some(random);
      Instant near = at.plusSeconds(random.nextInt(1_200));
      assertThat(grain.startOf(at)).isEqualTo(new Grain(BUDGETS).startOf(at));
      assertThat(grain.startOf(near)).isEqualTo(new Grain(BUDGETS).startOf(near));
    }
  }

  @Test
  void whatEndedJustBeforeAFixedSpanIsNotInIt() {
    Grain grain = new Grain(BUDGETS);
    Instant before = grain.startOf(BEGIN.minusNanos(1));
    assertThat(before).isBefore(BEGIN);
    assertThat(grain.startOf(BEGIN)).isEqualTo(BEGIN);
    assertThat(grain.startOf(END.minusNanos(1))).isBefore(END);
    assertThat(grain.startOf(END)).isEqualTo(END);
  }

  /** Days later, only the bucket and the quarter of an hour may have been summed together. */
  @Test
  void norDoesOneOfTheCoarserSpansOfLater() {
    Random random = new Random(13);
    Grain grain = new Grain(BUDGETS);
    Instant now = END.plus(Duration.ofDays(10));
    Map<Instant, List<Object>> bySpan = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Instant at = some(random);
      assertThat(seen(at).subList(0, 4))
          .as("%s", at)
          .isEqualTo(
              bySpan.computeIfAbsent(grain.startOf(at, now), start -> seen(at).subList(0, 4)));
    }
    assertThat(bySpan).hasSizeBetween(5, 20);
  }
}
