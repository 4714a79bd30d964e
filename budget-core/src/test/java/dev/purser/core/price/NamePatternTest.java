package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o, true",
    "gpt-4o, gpt-4o-mini, false",
    "gpt-4o*, gpt-4o-mini, true",
    "gpt-4o*, my-gpt-4o, false",
    "*flash, gemini-2.0-flash, true",
    "*flash, gemini-2.0-flash-lite, false",
    "*claude*, us.anthropic.claude-3, true",
    "*claude*, gpt-4o, false",
    "/^o[134]/, o3-mini, true",
    "/^o[134]/, gpt-o3, false"
  })
  void aPatternMeansWhatItLooksLike(String pattern, String name, boolean matches) {
    assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "*", "**", "* *", "a*b", "/(/"})
  void aPatternForEverythingOrNothingIsRefused(String pattern) {
    assertThatThrownBy(() -> NamePattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"openai/gpt-4o, true", "gpt-4o, false", "/^o[134]/, false"})
  void aVendorsPrefixIsSeen(String pattern, boolean prefixed) {
    assertThat(NamePattern.parse(pattern).isPrefixed()).isEqualTo(prefixed);
  }
}
