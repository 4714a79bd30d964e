package dev.purser.core.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration has something missing or wrong; the message has a line for each problem. */
public final class ConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** A file that is no configuration at all would otherwise fill the log. */
  private static final int MOST_LINES = 100;

  private final transient List<Problem> problems;

  ConfigurationException(String file, List<Problem> problems, @Nullable Throwable cause) {
    super(lines(file, problems), cause);
    this.problems = List.copyOf(problems);
  }

  private static String lines(String file, List<Problem> problems) {
    String lines = problems.stream()
        .limit(MOST_LINES)
        .map(problem -> problem.in(file))
        .collect(Collectors.joining("\n"));
    int more = problems.size() - MOST_LINES;
    return more > 0 ? lines + "\nand " + more + " more problems" : lines;
  }

  /** Returns every problem, in the order of their lines; at least one; unmodifiable. */
  public List<Problem> problems() {
    return problems;
  }
}
