package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextBoundTest {

  @Property(tries = 500)
  void piecesCountAsTheWhole(@ForAll String text, @ForAll long seed) {
    String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] utf8 = wellFormed.getBytes(StandardCharsets.UTF_8);
    TextBound pieces = new TextBound();
    Random random = new Random(seed);
    for (int at = 0; at < utf8.length; ) {
      int to = Math.min(utf8.length, at + random.nextInt(4));
      pieces.addUtf8(utf8, at, to);
      at = to;
    }

    assertThat(pieces.tokens()).isEqualTo(TextBound.tokens(wellFormed));
  }

  @Property(tries = 500)
  void askingOnTheWayChangesNothing(@ForAll String text) {
    TextBound bound = new TextBound();
    long last = 0;
    for (int i = 0; i < text.length(); i++) {
      bound.add(text.charAt(i));
      assertThat(bound.tokens()).isEqualTo(bound.tokens());
      last = bound.tokens();
    }

    assertThat(last).isEqualTo(TextBound.tokens(text));
  }

  @Property(tries = 500)
  void anyBytesAreTaken(@ForAll byte[] bytes) {
    TextBound bound = new TextBound();
    bound.addUtf8(bytes, 0, bytes.length);

    // Each byte that is no UTF-8 may stand for a character of three.
    assertThat(bound.tokens()).isBetween(bytes.length == 0 ? 0L : 1L, 1L + 4L * bytes.length);
  }

  @Test
  void whatIsNoUtf8CountsLikeTheCharacterThatStandsForIt() {
    byte[] overlongLead = {'a', (byte) 0xC3, 'b', (byte) 0xFF, (byte) 0x80};
    TextBound bound = new TextBound();
    bound.addUtf8(overlongLead, 0, overlongLead.length);

    assertThat(bound.tokens()).isEqualTo(TextBound.tokens("a\uFFFDb\uFFFD\uFFFD"));
  }

  @Test
  void aCharacterThatIsNotAllThereIsCountedAlready() {
    TextBound bound = new TextBound();
    bound.addUtf8(new byte[] {(byte) 0xE4}, 0, 1);

    assertThat(bound.tokens()).isPositive();
  }

  @Test
  void onlyTheBytesOfTheRangeCount() {
    byte[] utf8 = "one two three".getBytes(StandardCharsets.UTF_8);
    TextBound bound = new TextBound();
    bound.addUtf8(utf8, 4, 7);

    assertThat(bound.tokens()).isEqualTo(TextBound.tokens("two"));
    assertThatThrownBy(() -> bound.addUtf8(utf8, 4, utf8.length + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLargerVocabularyCutsOtherScriptsLessFinely() {
    String greek = "\u03bb\u03cc\u03b3\u03bf\u03c2 ".repeat(20);
    TextBound large = new TextBound(TextBound.Vocabulary.TWO_HUNDRED_THOUSAND).add(greek);

    assertThat(large.tokens()).isLessThan(TextBound.tokens(greek)).isGreaterThan(20);
  }

  @Test
  void runsOfSpacesAndNewlinesAreFewTokens() {
    assertThat(TextBound.tokens(" ".repeat(1000))).isLessThan(50);
    assertThat(TextBound.tokens("\n".repeat(1000))).isLessThan(200);
  }

  @Test
  void nothingHasNoTokens() {
    assertThat(TextBound.tokens("")).isZero();
    assertThat(new TextBound().tokens()).isZero();
  }
}
