package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Budget plain() {
    return Budget.daily("tripwire", Usd.of("75"));
  }

  static List<UnaryOperator<Budget>> changesOfWhatIsCounted() {
    return List.of(
        budget -> budget.per(Dimension.KEY),
        budget -> budget.per(Dimension.KEY, Dimension.TEAM),
        budget -> budget.only(Dimension.TEAM, "red"),
        budget -> budget.only(Dimension.TEAM, "red", "blue"),
        budget -> budget.only(Dimension.TEAM, "red").only(Dimension.MODEL, "gpt-*"),
        budget -> budget.zone(BERLIN));
  }

  static List<UnaryOperator<Budget>> changesOfWhatFollows() {
    return List.of(
        budget -> budget.named("other"),
        budget -> budget.owner("dana"),
        budget -> budget.limit(1),
        budget -> budget.observe(),
        budget -> budget.passOutside(),
        budget -> budget.maxAccounts(3),
        budget -> budget.alertAt(50));
  }

  @ParameterizedTest
  @MethodSource({"changesOfWhatIsCounted", "changesOfWhatFollows"})
  void aChangeMakesAnotherBudgetAndLeavesTheOneItWasMadeFrom(UnaryOperator<Budget> change) {
    Budget before = plain();
    Budget changed = change.apply(before);

    assertThat(before).isEqualTo(plain()).hasSameHashCodeAs(plain());
    assertThat(changed).isNotEqualTo(before);
    assertThat(changed).isEqualTo(change.apply(plain())).hasSameHashCodeAs(change.apply(plain()));
  }

  @ParameterizedTest
  @MethodSource("changesOfWhatFollows")
  void aBudgetStillCountsAlikeUnderAnotherNameOrLimit(UnaryOperator<Budget> change) {
    assertThat(change.apply(plain()).countsLike(plain())).isTrue();
    assertThat(plain().countsLike(change.apply(plain()))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("changesOfWhatIsCounted")
  void aBudgetOfOtherCallsOrWindowsCountsOtherwise(UnaryOperator<Budget> change) {
    assertThat(change.apply(plain()).countsLike(plain())).isFalse();
    assertThat(plain().countsLike(change.apply(plain()))).isFalse();
    assertThat(change.apply(plain()).countsLike(change.apply(plain()))).isTrue();
  }

  @Test
  void anotherMeasureOrWindowCountsOtherwise() {
    assertThat(plain().countsLike(Budget.weekly("tripwire", Usd.of("75")))).isFalse();
    assertThat(
            plain().countsLike(Budget.of("tripwire", Measure.TOKENS, plain().limit(), Window.DAY)))
        .isFalse();
  }

  @Test
  void theOrderOfFiltersDoesNotMatterToWhatIsCounted() {
    Budget one = plain().only(Dimension.TEAM, "red", "blue").only(Dimension.MODEL, "gpt-*");
    Budget other = plain().only(Dimension.MODEL, "gpt-*").only(Dimension.TEAM, "blue", "red");

    assertThat(one.countsLike(other)).isTrue();
    assertThat(plain()
            .per(Dimension.KEY, Dimension.TEAM)
            .countsLike(plain().per(Dimension.TEAM, Dimension.KEY)))
        .as("accounts are named by the dimensions in order")
        .isFalse();
  }

  @Test
  void eachKindOfBudgetHasItsWindow() {
    Usd limit = Usd.of("1");

    assertThat(List.of(
            Budget.hourly("b", limit),
            Budget.daily("b", limit),
            Budget.weekly("b", limit),
            Budget.monthly("b", limit),
            Budget.quarterly("b", limit),
            Budget.yearly("b", limit),
            Budget.total("b", limit),
            Budget.rolling("b", limit, Duration.ofHours(1))))
        .allSatisfy(budget -> {
          assertThat(budget.measure()).isEqualTo(Measure.USD);
          assertThat(budget.limit()).isEqualTo(1_000_000_000L);
        })
        .extracting(Budget::window)
        .containsExactly(
            Window.HOUR,
            Window.DAY,
            Window.WEEK,
            Window.MONTH,
            Window.QUARTER,
            Window.YEAR,
            Window.TOTAL,
            Window.rolling(Duration.ofHours(1)));
  }

  @Test
  void aBoundOnOpenCallsNeverResets() {
    Budget open = Budget.concurrent("open", 8);

    assertThat(open.measure()).isEqualTo(Measure.CONCURRENT_CALLS);
    assertThat(open.limit()).isEqualTo(8);
    assertThat(open.window()).isEqualTo(Window.TOTAL);
  }

  @Test
  void whatWasAddedIsThere() {
    Integer[] percents = {100, 50, 80, 50};
    Budget budget = plain()
        .per(Dimension.KEY, Dimension.TEAM, Dimension.KEY)
        .only(Dimension.TEAM, "red")
        .only(Dimension.MODEL, "gpt-*", "o3")
        .zone(BERLIN)
        .owner("dana")
        .observe()
        .passOutside()
        .maxAccounts(7)
        .alertAt(percents);
    percents[0] = 1;

    assertThat(budget.dimensions()).containsExactly(Dimension.KEY, Dimension.TEAM);
    assertThat(budget.filters())
        .containsExactly(
            new Filter(Dimension.TEAM, List.of("red")),
            new Filter(Dimension.MODEL, List.of("gpt-*", "o3")));
    assertThat(budget.zone()).isEqualTo(BERLIN);
    assertThat(budget.owner()).isEqualTo("dana");
    assertThat(budget.enforcement()).isEqualTo(Enforcement.OBSERVE);
    assertThat(budget.passesOutside()).isTrue();
    assertThat(budget.maxAccounts()).isEqualTo(7);
    assertThat(budget.alertAt()).containsExactly(50, 80, 100);
    assertThat(budget.enforcement(Enforcement.BLOCK).enforcement()).isEqualTo(Enforcement.BLOCK);
  }

  @Test
  void whatWasNotAddedIsTheDefault() {
    assertThat(plain().zone()).isNull();
    assertThat(plain().owner()).isNull();
    assertThat(plain().dimensions()).isEmpty();
    assertThat(plain().filters()).isEmpty();
    assertThat(plain().alertAt()).containsExactly(50, 80, 100);
    assertThat(plain().noAlerts().alertAt()).isEmpty();
    assertThat(plain().enforcement()).isEqualTo(Enforcement.BLOCK);
    assertThat(plain().passesOutside()).isFalse();
    assertThat(plain().maxAccounts()).isEqualTo(100_000);
  }

  @Test
  void itsListsCannotBeChanged() {
    Budget budget = plain().per(Dimension.KEY).only(Dimension.TEAM, "red").alertAt(50);

    assertThatThrownBy(() -> budget.dimensions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> budget.filters().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> budget.alertAt().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void itIsPrintedWithItsUnit() {
    assertThat(plain().per(Dimension.KEY).only(Dimension.MODEL, "gpt-*").zone(ZoneOffset.UTC))
        .hasToString("Budget tripwire: $75.00 per day and [key] for [model in [gpt-*]]");
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
