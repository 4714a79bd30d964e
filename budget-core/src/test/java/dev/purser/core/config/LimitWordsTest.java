package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Measure;
import dev.purser.api.Usd;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitWordsTest {

  @Property
  void everyAmountOfMoneyReadsBackExactly(@ForAll @LongRange(min = 1) long nanos) {
    Usd amount = Usd.ofNanos(nanos);

    assertThat(Yaml.budget("limit: $" + amount + ", window: day").limit()).isEqualTo(nanos);
    assertThat(Yaml.budget("limit: " + amount + ", window: day").limit()).isEqualTo(nanos);
  }

  @Property
  void everyCountReadsBackExactly(@ForAll @LongRange(min = 1) long tokens) {
    String grouped = String.format(java.util.Locale.ROOT, "%,d", tokens).replace(',', '_');

    assertThat(LimitWords.read(Measure.TOKENS, Long.toString(tokens))).isEqualTo(tokens);
    assertThat(
            Yaml.budget("measure: tokens, limit: " + grouped + ", window: day").limit())
        .isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "$250000, 250000000000000",
    "75, 75000000000",
    "$0.50, 500000000",
    "0.1, 100000000",
    "$250_000, 250000000000000",
    "$1_000.000000001, 1000000000001",
    "$007, 7000000000",
    "9007199.254740993, 9007199254740993",
  })
  void moneyIsAnExactDecimal(String text, long nanos) {
    assertThat(Yaml.budget("limit: " + text + ", window: day").limit()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"75 USD", "€5", "$", "1e3", ".5", "$1__0", "5.", "0x10", "$2k", "NaN", "''"})
  void whatIsNoAmountIsRefused(String text) {
    assertThat(Yaml.budgetProblems("limit: " + text + ", window: day"))
        .singleElement()
        .asString()
        .startsWith("limit: not an amount of US dollars: ")
        .endsWith("; write 75, $0.50 or $250_000");
  }

  @Test
  void amountsOutOfRangeAreRefused() {
    assertThat(Yaml.budgetProblems("limit: 0.0000000001, window: day"))
        .singleElement()
        .asString()
        .contains("nine decimals");
    assertThat(Yaml.budgetProblems("limit: $9300000000, window: day"))
        .singleElement()
        .asString()
        .contains("out of range");
    assertThat(Yaml.budgetProblems("measure: tokens, limit: 9223372036854775808, window: day"))
        .containsExactly("limit: too many tokens: \"9223372036854775808\"");
    assertThat(Yaml.budgetProblems("measure: input-tokens, limit: 9223372036855M, window: day"))
        .containsExactly("limit: too many input tokens: \"9223372036855M\"");
  }

  @Test
  void whatIsNotAboveZeroIsRefused() {
    assertThat(Yaml.budgetProblems("limit: 0, window: day"))
        .containsExactly("limit: must be above zero, is $0.00");
    assertThat(Yaml.budgetProblems("limit: -$5, window: day"))
        .containsExactly("limit: must be above zero, is $-5.00");
    assertThat(Yaml.budgetProblems("measure: tokens, limit: -5, window: day"))
        .containsExactly("limit: must be above zero, is -5 tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$5", "1.5M", "2m", "5K", "many", "1_", "2 M"})
  void whatIsNoCountIsRefused(String text) {
    assertThat(Yaml.budgetProblems("measure: tokens, limit: " + text + ", window: day"))
        .containsExactly(
            "limit: not a number of tokens: \"" + text + "\"; write 2000, 2_000, 2k or 2M");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit: $250,000, window: day | $250000",
        "window: day, limit: $250,000 | $250000",
        "limit: $250,000,000, window: day | $250000000",
        "limit: $1,250.50, window: day | $1250.50",
        "limit: 1, 250, window: day | 1250",
        "limit: \"$250,000\", window: day | $250000",
        "measure: tokens, limit: 2,000,000, window: day | 2000000",
        "measure: tokens, limit: 2,000k, window: day | 2000k",
      })
  void commasAreRefusedWithAHint(String keys, String amount) {
    assertThat(Yaml.budgetProblems(keys))
        .containsExactly("limit: amounts are written without commas: " + amount);
  }

  @Test
  void commasAreRefusedOnALineOfTheirOwnToo() {
    assertThat(Yaml.problems("owner: d\nbudgets:\n- name: b\n  limit: $250,000\n  window: day"))
        .containsExactly(
            "purser.yaml:4: budgets[0].limit: amounts are written without commas: $250000");
  }

  @Test
  void aVeryLongNumberIsRefusedWithoutComputing() {
    assertThatThrownBy(() -> LimitWords.read(Measure.USD, "1".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1111111111…");
  }
}
