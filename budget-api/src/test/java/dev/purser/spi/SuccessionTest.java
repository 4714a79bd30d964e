package dev.purser.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Usd;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {

  private static final Budget DAY = Budget.daily("day", Usd.of("1"));
  private static final Budget WEEK = Budget.weekly("week", Usd.of("1"));

  @Test
  void aBudgetGoesOnUnderItsName() {
    Succession succession = Succession.between(List.of(DAY, WEEK), List.of(WEEK.limit(5), DAY));

    assertThat(succession.formerName("day")).isEqualTo("day");
    assertThat(succession.successor("week")).isEqualTo("week");
  }

  @Test
  void aRenamedOneGoesOnUnderItsNewName() {
    Succession succession = Succession.between(List.of(DAY), List.of(WEEK, DAY.named("new")));

    assertThat(succession.formerName("new")).isEqualTo("day");
    assertThat(succession.successor("day")).isEqualTo("new");
    assertThat(succession.formerName("week")).isNull();
  }

  @Test
  void oneThatCountsOtherwiseStartsAnew() {
    Succession succession = Succession.between(List.of(DAY), List.of(DAY.per(Dimension.KEY)));

    assertThat(succession.formerName("day")).isNull();
    assertThat(succession.successor("day")).isNull();
  }

  @Test
  void namesThatAreSwappedAreFollowed() {
    Succession succession =
        Succession.between(List.of(DAY, WEEK), List.of(DAY.named("week"), WEEK.named("day")));

    assertThat(succession.formerName("week")).isEqualTo("day");
    assertThat(succession.formerName("day")).isEqualTo("week");
  }

  @Test
  void whoKeepsItsNameGoesBeforeWhoGetsOne() {
    Succession succession = Succession.between(List.of(DAY), List.of(DAY.named("new"), DAY));

    assertThat(succession.formerName("day")).isEqualTo("day");
    assertThat(succession.formerName("new")).isNull();
  }

  @Test
  void nothingIsGoneOnWithTwiceAndTheChoiceDoesNotDependOnOrder() {
    List<Budget> after = List.of(DAY.named("x"), DAY.named("y"), DAY.named("z"));
    Succession one = Succession.between(List.of(DAY.named("b"), DAY.named("a")), after);
    Succession other = Succession.between(List.of(DAY.named("a"), DAY.named("b")), after);

    for (Succession each : List.of(one, other)) {
      assertThat(each.formerName("x")).isEqualTo("a");
      assertThat(each.formerName("y")).isEqualTo("b");
      assertThat(each.formerName("z")).isNull();
    }
  }
}
