package dev.purser.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems found in a file so far, one a place: what follows from one is not told again. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> places = new HashSet<>();
  private final Set<String> paths = new HashSet<>();
  private final Set<String> pathsAbove = new HashSet<>();

  void add(Problem problem) {
    if (!places.add(problem.line() + ":" + problem.path())) {
      return;
    }
    found.add(problem);
    paths.add(problem.path());
    String above = problem.path();
    while (!above.isEmpty()) {
      above = Lines.parent(above);
      pathsAbove.add(above);
    }
  }

  /** Adds what holds only if nothing at its place, beneath it or above it was wrong before. */
  void addUnlessItFollows(Problem problem) {
    String path = problem.path();
    if (pathsAbove.contains(path) || paths.contains(path)) {
      return;
    }
    while (!path.isEmpty()) {
      path = Lines.parent(path);
      // What is wrong with the file as a whole, such as a second document, hides nothing in it.
      if (!path.isEmpty() && paths.contains(path)) {
        return;
      }
    }
    add(problem);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  ConfigurationException thrown(String file) {
    return new ConfigurationException(
        file, found.stream().sorted(Comparator.comparingInt(Problem::line)).toList(), null);
  }
}
