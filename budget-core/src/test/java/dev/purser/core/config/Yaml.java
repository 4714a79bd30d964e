package dev.purser.core.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.api.Budget;
import java.util.List;

/** Reads texts as if they stood in a file. */
final class Yaml {

  static final String FILE = "purser.yaml";

  private Yaml() {}

  static Configuration read(String text) {
    return ConfigurationReader.read(FILE, text);
  }

  /** Reads the one budget whose further keys are given. */
  static Budget budget(String keys) {
    return read("owner: dana\nbudgets:\n  - {name: b, " + keys + "}\n")
        .budgets()
        .get(0);
  }

  /** Returns the lines of the message of what is wrong with a text. */
  static List<String> problems(String text) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(text))
        .getMessage()
        .lines()
        .toList();
  }

  /** Returns what is wrong with the one budget whose further keys are given, on line 3. */
  static List<String> budgetProblems(String keys) {
    return problems("owner: dana\nbudgets:\n  - {name: b, " + keys + "}\n").stream()
        .map(line -> line.replace("purser.yaml:3: budgets[0].", ""))
        .toList();
  }
}
