package dev.purser.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of what was measured; goals first, each with what was found. */
final class ResultsPage {

  private final StringBuilder body = new StringBuilder();
  private final List<String> goals = new ArrayList<>();
  private int missed;

  /** Begins a part of the page. */
  ResultsPage section(String title, String text) {
    body.append("\n## ").append(title).append("\n\n").append(text.strip()).append('\n');
    return this;
  }

  /** Begins a table. */
  ResultsPage table(String... heads) {
    body.append('\n');
    line(body, heads);
    body.append("|---".repeat(heads.length)).append("|\n");
    return this;
  }

  /** Adds a line to the table. */
  ResultsPage row(String... cells) {
    line(body, cells);
    return this;
  }

  private static void line(StringBuilder to, String... cells) {
    to.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Compares with the largest value that is good. */
  ResultsPage atMost(String what, double found, double goal, String unit) {
    return goal(what, found, "at most", goal, unit, found <= goal);
  }

  /** Compares with the smallest value that is good. */
  ResultsPage atLeast(String what, double found, double goal, String unit) {
    return goal(what, found, "at least", goal, unit, found >= goal);
  }

  private ResultsPage goal(
      String what, double found, String how, double goal, String unit, boolean met) {
    missed += met ? 0 : 1;
    StringBuilder line = new StringBuilder();
    line(line, what, how + " " + number(goal) + unit, number(found) + unit, met ? "yes" : "**no**");
    goals.add(line.toString());
    return this;
  }

  /** Renders a number with two digits, or without any that do not matter. */
  static String number(double value) {
    return String.format(
        Locale.ROOT,
        Math.abs(value) >= 100 || value == Math.rint(value)
            ? "%.0f"
            : Math.abs(value) >= 10 ? "%.1f" : "%.2f",
        value);
  }

  /** Returns the whole page. */
  String render(String head) {
    StringBuilder page = new StringBuilder(head)
        .append("\n## Goals\n\n")
        .append(missed)
        .append(" of ")
        .append(goals.size())
        .append(" are missed.\n\n");
    line(page, "what", "goal", "found", "met");
    page.append("|---|---|---|---|\n");
    goals.forEach(page::append);
    return page.append(body).toString();
  }
}
