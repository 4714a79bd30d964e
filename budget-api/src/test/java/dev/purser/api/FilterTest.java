package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {

  private static Filter models(String... patterns) {
    return new Filter(Dimension.MODEL, List.of(patterns));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o, true",
    "gpt-4o, gpt-4o-mini, false",
    "gpt-4o, GPT-4o, false",
    "claude-opus-*, claude-opus-4-6-20260101, true",
    "claude-opus-*, claude-opus-, true",
    "claude-opus-*, claude-opus, false",
    "*-mini, gpt-5-mini, true",
    "*-mini, gpt-5-mini-2026, false",
    "*, '', true",
    "*, anything at all, true",
    "**, x, true",
    "gpt-*-mini, gpt-5-mini-mini, true",
    "gpt-*-*-mini, gpt-5-mini, false",
    "a*ab, aaab, true",
    "a.c, abc, false",
    "[a], a, false"
  })
  void aStarStandsForAnyCharactersAndNothingElseDoes(String pattern, String value, boolean in) {
    assertThat(models(pattern).matches(value)).isEqualTo(in);
  }

  @Test
  void oneOfSeveralValuesIsEnough() {
    Filter filter = models("gpt-*", "o3");

    assertThat(filter.matches("o3")).isTrue();
    assertThat(filter.matches("gpt-5")).isTrue();
    assertThat(filter.matches("o3-mini")).isFalse();
  }

  @Property(tries = 5000)
  void aPatternMatchesWhatARegularExpressionOfItDoes(
      @ForAll("few") String pattern, @ForAll("few") String value) {
    String regex = Pattern.compile("\\*")
        .splitAsStream(pattern + "!")
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));

    if (!pattern.isBlank()) {
      assertThat(models(pattern).matches(value))
          .isEqualTo(Pattern.compile(regex, Pattern.DOTALL).matcher(value + "!").matches());
    }
  }

  /** Of few letters, so that patterns and values meet. */
  @Provide
  Arbitrary<String> few() {
    return Arbitraries.strings().withChars("aab*.\n").ofMaxLength(9);
  }

  @Test
  void aPatternOfManyStarsIsNoTrap() {
    Filter filter = models("*a".repeat(50) + "b");

    assertThat(filter.matches("a".repeat(10_000))).isFalse();
  }

  @Test
  void aFilterWithoutValuesIsRefused() {
    assertThatThrownBy(() -> models()).hasMessageContaining("model");
    assertThatThrownBy(() -> models("a", " ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void laterChangesOfTheListDoNotReachIt() {
    List<String> values = new ArrayList<>(List.of("a"));
    Filter filter = new Filter(Dimension.TEAM, values);
    values.set(0, "b");

    assertThat(filter.matches("a")).isTrue();
    assertThat(filter).isEqualTo(new Filter(Dimension.TEAM, List.of("a")));
    assertThat(filter).hasToString("team in [a]");
  }
}
