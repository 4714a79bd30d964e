package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Usd;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

  @Test
  void defaultsAreTheMainJob() {
    assertThat(DemoOptions.parse(List.of()))
        .isEqualTo(new DemoOptions(
            Sdk.OPENAI,
            100,
            8,
            Usd.of("1.00"),
            null,
            null,
            false,
            false,
            false,
            false,
            false,
            false));
  }

  @Test
  void everyOptionIsRead() {
    assertThat(
            parse(
                "--sdk anthropic --calls 7 --threads 3 --cap $0.50 --stream --async --fit --wait --json --help"))
        .isEqualTo(new DemoOptions(
            Sdk.ANTHROPIC, 7, 3, Usd.of("0.50"), null, null, true, true, true, true, true, true));
  }

  @Test
  void aFileOfBudgetsTakesThePlaceOfTheCap() {
    assertThat(parse("--config purser.yaml --threads 2 --stream").config())
        .isEqualTo(Path.of("purser.yaml"));
  }

  @Test
  void theJournalIsAFolder() {
    assertThat(parse("--journal spend").journal()).isEqualTo(Path.of("spend"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--thread 8        | unknown option: --thread",
        "8                 | unknown option: 8",
        "--threads         | --threads needs a value",
        "--threads 0       | --threads needs a whole number from 1 to 1000, not \"0\"",
        "--threads 1001    | --threads needs a whole number from 1 to 1000, not \"1001\"",
        "--threads many    | --threads needs a whole number from 1 to 1000, not \"many\"",
        "--calls -1        | --calls needs a whole number from 1 to 1000000, not \"-1\"",
        "--cap             | --cap needs a value",
        "--sdk             | --sdk needs a value",
        "--sdk google      | --sdk needs openai or anthropic, not \"google\"",
        "--cap 0.00        | --cap needs more than nothing, not \"0.00\"",
        "--cap -1          | --cap needs more than nothing, not \"-1\"",
        "--cap much        | --cap: not an amount of US dollars: \"much\"",
        "--config          | --config needs a value",
        "--config a --cap 2| --cap does not go with --config: say \"limit: $2.00\" in a",
        "--cap 1 --config a| --cap does not go with --config: say \"limit: $1.00\" in a",
        "--config a --fit  | --fit does not go with --config: say \"fit: all\" in a",
        "--cap 0.0000000001| --cap: amount \"0.0000000001\" has more than nine decimals",
      })
  void aWrongOptionIsToldByName(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(line))
        .withMessageStartingWith(message);
  }

  private static DemoOptions parse(String line) {
    return DemoOptions.parse(List.of(line.split(" ")));
  }
}
