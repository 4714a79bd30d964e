package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What YAML allows and a configuration does not. */
class YamlTreeTest {

  private static final String ONE = "owner: dana\nbudgets:\n  - {name: b, limit: 1, window: day}\n";

  @Test
  void aFileWithoutContentIsEmpty() {
    for (String text : new String[] {"", "\n\n", "# nothing yet\n", "---\n", "null", "~"}) {
      assertThat(Yaml.problems(text)).containsExactly("purser.yaml:1: is empty");
    }
  }

  @Test
  void theTopIsAMapping() {
    assertThat(Yaml.problems("- a"))
        .containsExactly("purser.yaml:1: must be a mapping of keys such as budgets");
    assertThat(Yaml.problems("just text"))
        .containsExactly("purser.yaml:1: must be a mapping of keys such as budgets");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(Yaml.problems(ONE + "---\nowner: erin\n"))
        .containsExactly("purser.yaml:5: a second document begins; there must be only one");
    assertThat(Yaml.read("---\n" + ONE + "...\n").owner()).isEqualTo("dana");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(Yaml.problems(ONE + "owner: erin"))
        .containsExactly("purser.yaml:4: owner: is given twice, first on line 1");
    assertThat(Yaml.budgetProblems("limit: 1, window: day, limit: 2"))
        .containsExactly("limit: is given twice, first on line 3");
    assertThat(Yaml.problems(ONE + "tasks:\n  a: [x]\n  a: [y]"))
        .containsExactly("purser.yaml:6: tasks.a: is given twice, first on line 5");
  }

  @Test
  void aKeyWithoutAValueIsRefused() {
    assertThat(Yaml.problems(ONE + "zone:\nfit: ~\nlease: null\ntasks:\nfree-models: [a, ~]"))
        .containsExactly(
            "purser.yaml:4: zone: has no value",
            "purser.yaml:5: fit: has no value",
            "purser.yaml:6: lease: has no value",
            "purser.yaml:7: tasks: has no value",
            "purser.yaml:8: free-models[1]: has no value");
  }

  @Test
  void anchorsAliasesAndTagsAreRefused() {
    assertThat(Yaml.problems(ONE + "fit: !!str all\ntasks:\n  a: &m [x]\n  b: *m"))
        .containsExactly(
            "purser.yaml:4: fit: has a tag (!), which is not supported",
            "purser.yaml:6: tasks.a: has an anchor (&), which is not supported",
            "purser.yaml:7: tasks.b: is an alias, which is not supported; put quotes around text"
                + " that starts with *");
  }

  @Test
  void aStarWithoutQuotesIsExplained() {
    assertThat(Yaml.problems(ONE + "free-models: [*]"))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:4: not YAML: while scanning an alias")
        .endsWith("(put quotes around text that starts with *)");
    assertThat(Yaml.problems(ONE + "free-models: [*-local]"))
        .containsExactly("purser.yaml:4: free-models[0]: is an alias, which is not supported; put"
            + " quotes around text that starts with *");
  }

  @Test
  void aKeyIsPlainText() {
    assertThat(Yaml.problems("? [a, b]\n: c"))
        .containsExactly("purser.yaml:1: not YAML: a key must be plain text");
  }

  @Test
  void aSyntaxErrorIsToldOnItsLineWithoutTheText() {
    assertThat(Yaml.problems(ONE + "tasks: [hush, hush\nzone: 'UTC\n"))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:")
        .contains("not YAML: while ")
        .doesNotContain("hush");
    assertThat(Yaml.problems("owner: dana\nbudgets: [\n  {name: b}}\n]"))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:3: not YAML: while parsing a flow sequence, expected ',' or ']'");
    assertThat(Yaml.problems("owner: dana\n\tzone: UTC"))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:2: not YAML: ");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(Yaml.problems(ONE + "tasks: " + "[".repeat(20) + "]".repeat(20)))
        .contains("purser.yaml:4: tasks" + "[0]".repeat(15) + ": is nested too deeply");
    // Jackson gives up deeper still, which is a problem of its own.
    for (String opening : new String[] {"[", "{a: "}) {
      assertThat(Yaml.problems(opening.repeat(100_000)))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(300));
    }
  }

  @Test
  void linesAreRightWhateverEndsThem() {
    assertThat(Yaml.problems((ONE + "\nzone: Mars").replace("\n", "\r\n")))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:5: zone:");
    assertThat(Yaml.problems("\ufeff" + ONE + "zone: Mars"))
        .singleElement()
        .asString()
        .startsWith("purser.yaml:4: zone:");
  }
}
