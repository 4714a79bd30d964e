package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void aLongTextIsCut() {
    assertThat(Excerpt.quoted("x".repeat(40))).isEqualTo('"' + "x".repeat(40) + '"');
    assertThat(Excerpt.quoted("x".repeat(41))).isEqualTo('"' + "x".repeat(40) + "…\"");
  }

  @Test
  void whatWouldBreakALineOrSteerATerminalIsABlank() {
    assertThat(Excerpt.of("a\nb\rc\u001b[31m\u2028d\u0085e")).isEqualTo("a b c [31m d e");
    assertThat(Yaml.budgetProblems("limit: 1, window: \"a\\nb\""))
        .singleElement()
        .asString()
        .startsWith("window: unknown window \"a b\"");
  }
}
