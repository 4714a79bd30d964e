package dev.purser.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.spi.Redactor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentRulesTest {

  private static final Redactor NOTHING = CharSequence::toString;

  private final List<Throwable> faults = new ArrayList<>();

  private String recorded(int most, String text, Redactor... redactors) {
    return ContentRules.of(most, List.of(redactors)).recorded(text, faults::add);
  }

  @Test
  void byDefaultNothingIsWantedNorRecorded() {
    assertThat(ContentRules.NONE.wanted()).isZero();
    assertThat(ContentRules.NONE.recorded("a prompt", faults::add)).isNull();
  }

  @Test
  void aShortTextIsRecordedWholeAndALongOneInItsBeginning() {
    assertThat(recorded(5, "abcde", NOTHING)).isEqualTo("abcde");
    assertThat(recorded(5, "abcdef", NOTHING)).isEqualTo("abcde");
    assertThat(recorded(5, "", NOTHING)).isEmpty();
  }

  @Test
  void aCharacterOfTwoHalvesIsNotCutInTwo() {
    assertThat(recorded(2, "a😀b", NOTHING)).isEqualTo("a");
    assertThat(recorded(3, "a😀b", NOTHING)).isEqualTo("a😀");
  }

  @Test
  void theTextIsCutBehindTheRedactorsAndTheyWorkInTheirOrder() {
    assertThat(recorded(
            4,
            "abcdefgh",
            text -> text.toString().replace("cdef", "x"),
            text -> text.toString().replace("xg", "y")))
        .isEqualTo("abyh");
  }

  @Test
  void whatARedactorMakesOfTheEndThatMayHaveBeenCutIsNotRecorded() {
    String long_ = "s".repeat(10_000);

    assertThat(recorded(100, long_, text -> text.toString().substring(0, 550))).hasSize(38);
    assertThat(recorded(100, long_, text -> "gone")).isEmpty();
  }

  @Test
  void aRedactorThatThrowsOrReturnsNothingLeavesTheContentOut() {
    assertThat(recorded(100, "a prompt", NOTHING, text -> {
          throw new IllegalStateException("broken");
        }))
        .isNull();
    assertThat(recorded(100, "a prompt", text -> null, NOTHING)).isNull();
    assertThat(recorded(100, "a prompt", text -> null)).isNull();

    assertThat(faults).hasSize(3);
  }
}
