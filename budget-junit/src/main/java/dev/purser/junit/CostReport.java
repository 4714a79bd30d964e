package dev.purser.junit;

import dev.purser.api.Ceiling;
import dev.purser.api.Usd;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** What the tests of a suite have spent, the dearest first. Safe for use by several threads. */
final class CostReport {

  private static final int MOST_LISTED = 20;

  private final List<Line> lines = new ArrayList<>();

  private record Line(String test, Usd spent, long calls, long tokens, int refused) {

    @Override
    public String toString() {
      return "  $"
          + spent
          + "  "
          + test
          + ": "
          + Spending.count(calls, "call")
          + ", "
          + Spending.count(tokens, "token")
          + (refused == 0 ? "" : ", " + refused + " refused");
    }
  }

  synchronized void add(TestIdentifier test, Ceiling counted) {
    Line line = new Line(
        name(test),
        counted.spent(),
        counted.requests(),
        counted.tokens(),
        counted.refused().size());
    if (line.calls() + line.refused() > 0) {
      lines.add(line);
    }
  }

  /** The class and what the test is displayed as, which tells the runs of one method apart. */
  private static String name(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    if (source instanceof MethodSource method) {
      String type = method.getClassName();
      return type.substring(type.lastIndexOf('.') + 1).replace('$', '.')
          + "."
          + method.getMethodName()
          + (test.getDisplayName().startsWith(method.getMethodName())
              ? ""
              : " " + test.getDisplayName());
    }
    return test.getDisplayName();
  }

  /** Prints the report; nothing if no test made a call. */
  synchronized void print(PrintStream out, @Nullable Ceiling suite) {
    if (lines.isEmpty()) {
      return;
    }
    Usd spent = lines.stream().map(Line::spent).reduce(Usd.ZERO, Usd::plus);
    long calls = lines.stream().mapToLong(Line::calls).sum();
    StringBuilder text = new StringBuilder("Purser: tests spent $")
        .append(spent)
        .append(" in ")
        .append(Spending.count(calls, "call"));
    if (suite != null) {
      text.append("; the whole suite $")
          .append(suite.spent())
          .append(" of ")
          .append(suite
              .limits()
              .get(0)
              .budget()
              .amount(suite.limits().get(0).budget().limit()));
    }
    lines.sort(Comparator.comparing(Line::spent).reversed().thenComparing(Line::test));
    lines.stream().limit(MOST_LISTED).forEach(line -> text.append('\n').append(line));
    if (lines.size() > MOST_LISTED) {
      text.append("\n  and ").append(lines.size() - MOST_LISTED).append(" more");
    }
    out.println(text);
  }
}
