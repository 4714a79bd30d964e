package dev.purser.wire.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many exchanges agree, by provider and API, and what does not. Safe for use by several threads. */
final class AgreementReport {

  private static final Path FILE = Path.of("target", "exchanges-report.txt");

  private final Map<String, int[]> groups = new TreeMap<>();
  private final Map<String, List<String>> disagreements = new TreeMap<>();
  private final Map<String, List<String>> remarks = new TreeMap<>();

  synchronized void add(Exchange exchange, Disagreements outcome) {
    int[] counts = groups.computeIfAbsent(exchange.group(), group -> new int[2]);
    counts[0] += outcome.found().isEmpty() ? 1 : 0;
    counts[1]++;
    if (!outcome.found().isEmpty()) {
      disagreements.put(exchange.id(), List.copyOf(outcome.found()));
    }
    if (!outcome.remarks().isEmpty()) {
      remarks.put(exchange.id(), List.copyOf(outcome.remarks()));
    }
  }

  private synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    int agreeing = 0;
    int all = 0;
    for (Map.Entry<String, int[]> each : groups.entrySet()) {
      agreeing += each.getValue()[0];
      all += each.getValue()[1];
      lines.add(
          String.format("%-48s %3d / %3d", each.getKey(), each.getValue()[0], each.getValue()[1]));
    }
    lines.add(0, "Exchanges metered as expected, by provider and API");
    lines.add(String.format("%-48s %3d / %3d", "all", agreeing, all));
    list(lines, "Disagreements", disagreements);
    list(lines, "Remarks", remarks);
    return lines;
  }

  private static void list(List<String> lines, String title, Map<String, List<String>> each) {
    if (!each.isEmpty()) {
      lines.add(title);
    }
    each.forEach((id, texts) -> texts.forEach(text -> lines.add("  " + id + ": " + text)));
  }

  /** Prints it, and writes it where the build keeps what it made. */
  void publish() throws IOException {
    List<String> lines = lines();
    lines.forEach(System.out::println);
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines);
  }
}
