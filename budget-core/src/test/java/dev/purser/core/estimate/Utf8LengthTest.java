package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8LengthTest {

  @Property(tries = 500)
  void isTheLengthOfTheBytes(@ForAll String text) {
    // Halves of pairs are no text: Java writes a question mark for each.
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(Utf8Length.of(whole)).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void halfAPairCountsAsThreeBytes() {
    assertThat(Utf8Length.of("\uD83D")).isEqualTo(3);
    assertThat(Utf8Length.of("\uDE00\uD83D")).isEqualTo(6);
    assertThat(Utf8Length.of("\uD83D\uDE00")).isEqualTo(4);
  }
}
