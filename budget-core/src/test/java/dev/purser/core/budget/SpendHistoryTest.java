package dev.purser.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendHistoryTest {

  private static final Instant NOON = Instant.parse("2026-03-04T12:07:00Z");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Attribution ALICE = Attribution.key("alice");

  private final SpendHistory history = new SpendHistory();

  private static Amounts nanos(long nanoUsd) {
    return new Amounts(nanoUsd, 1, 2, 1);
  }

  private void add(Attribution who, Instant at, long nanoUsd) {
    history.add(who, MODEL, at, nanos(nanoUsd), Amounts.NONE);
  }

  private long total() {
    return history.facts().stream().mapToLong(fact -> fact.charged().nanoUsd()).sum();
  }

  @Test
  void chargesOfAQuarterHourAreOneSum() {
    add(ALICE, NOON, 5);
    add(ALICE, NOON.plusSeconds(400), 6);
    add(ALICE, NOON.plusSeconds(500), 7);

    assertThat(history.facts())
        .extracting(fact -> fact.charged().nanoUsd(), SpendHistory.Fact::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                11L, Instant.parse("2026-03-04T12:14:59.999999999Z")),
            org.assertj.core.groups.Tuple.tuple(
                7L, Instant.parse("2026-03-04T12:29:59.999999999Z")));
  }

  @Test
  void aCorrectionTakesOffWhatWasChargedBefore() {
    add(ALICE, NOON, 50);
    history.add(ALICE, MODEL, NOON, nanos(20), nanos(50));

    assertThat(history.facts())
        .singleElement()
        .satisfies(
            fact -> assertThat(fact.charged().amounts()).isEqualTo(new Amounts(20, 1, 2, 1)));
  }

  @Test
  void oldSumsAreJoinedByTheDayAndAncientOnesAltogether() {
    for (int hour = 0; hour < 24 * 500; hour += 6) {
      add(ALICE, NOON.minus(Duration.ofHours(hour)), 1);
    }
    history.condense(NOON);

    List<SpendHistory.Fact> facts = history.facts();
    assertThat(total()).isEqualTo(2_000);
    // Two days by the quarter hour, 400 days by the day, the rest in one.
    assertThat(facts.size()).isBetween(400, 415);
    assertThat(facts.get(0).charged().nanoUsd()).isBetween(390L, 410L);
  }

  @Test
  void aSumIsNeverSaidToBeOlderThanItsLatestCharge() {
    Instant charge = NOON.minus(Duration.ofDays(3));
    add(ALICE, charge, 1);
    history.condense(NOON);

    assertThat(history.facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.at())
            .isAfterOrEqualTo(charge)
            .isBefore(charge.plus(Duration.ofDays(1))));
  }

  @Test
  void tooManySumsLoseSessionAndTagsNotMoney() {
    int sessions = SpendHistory.MOST + 10;
    for (int i = 0; i < sessions; i++) {
      add(ALICE.session("s" + i).tag("repo", "r" + i), NOON.plusSeconds(i / 100), 1);
    }
    assertThat(history.folded()).isFalse();
    history.condense(NOON);

    assertThat(history.folded()).isTrue();
    assertThat(total()).isEqualTo(sessions);
    assertThat(history.facts().size()).isLessThanOrEqualTo(SpendHistory.MOST / 2 + 1);
    assertThat(history.facts()).anySatisfy(fact -> assertThat(fact.who()).isEqualTo(ALICE));
  }

  @Test
  void evenUnboundedKeysStayWithinTheBound() {
    int keys = 3 * SpendHistory.MOST;
    for (int i = 0; i < keys; i++) {
      add(Attribution.key("k" + i), NOON, 1);
    }

    assertThat(total()).isEqualTo(keys);
    assertThat(history.facts().size()).isLessThanOrEqualTo(2 * SpendHistory.MOST + 1);
    assertThat(history.folded()).isTrue();
  }
}
