package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SpellingTest {

  private static final List<String> KNOWN = List.of("limit", "name", "per", "window");

  @Test
  void theClosestWordIsTheOneMeant() {
    assertThat(Spelling.closest("limt", KNOWN)).contains("limit");
    assertThat(Spelling.closest("Window", KNOWN)).contains("window");
    assertThat(Spelling.closest("nmae", KNOWN)).contains("name");
    assertThat(Spelling.closest("budget", KNOWN)).isEmpty();
    assertThat(Spelling.closest("", KNOWN)).isEmpty();
  }

  @Test
  void withoutAGuessTheKnownWordsAreListed() {
    assertThat(Spelling.hint("limits", KNOWN)).isEqualTo("; did you mean \"limit\"?");
    assertThat(Spelling.hint("budget", KNOWN)).isEqualTo("; known are limit, name, per, window");
  }

  @Property(tries = 300)
  void distanceIsAMetric(
      @ForAll @StringLength(max = 12) String a,
      @ForAll @StringLength(max = 12) String b,
      @ForAll @StringLength(max = 12) String c) {
    assertThat(Spelling.distance(a, b)).isEqualTo(Spelling.distance(b, a));
    assertThat(Spelling.distance(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(Spelling.distance(a, c))
        .isLessThanOrEqualTo(Spelling.distance(a, b) + Spelling.distance(b, c));
  }
}
