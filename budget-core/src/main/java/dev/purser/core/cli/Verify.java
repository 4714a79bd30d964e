package dev.purser.core.cli;

import dev.purser.api.RecoveryReport.BrokenLine;
import dev.purser.core.journal.JournalCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks through a journal, and names the first line that is broken. */
record Verify(PrintStream out, PrintStream err) {

  /** How many broken lines are told one by one. */
  private static final int MOST_TOLD = 10;

  int run(List<String> words) {
    Path folder = Path.of(Arguments.of(words, List.of()).name());
    if (!Files.isDirectory(folder)) {
      throw Refused.because(folder + " is no folder");
    }
    JournalCheck check;
    try {
      check = JournalCheck.of(folder);
    } catch (IOException e) {
      throw Refused.because(folder + " cannot be read: " + e);
    }
    if (check.files().isEmpty() && check.broken().isEmpty()) {
      throw Refused.because(folder + " holds no journal");
    }
    Table table = new Table("FILE", "LINES");
    check.files().forEach(file -> table.row(file.name(), Long.toString(file.lines())));
    table.print(out);
    out.println();
    for (BrokenLine line : check.unfinished()) {
      out.println("being written, or cut: " + line);
    }
    if (check.broken().isEmpty()) {
      out.println("every line is what was written");
      return 0;
    }
    err.println("first broken line: " + check.broken().get(0));
    check.broken().stream()
        .skip(1)
        .limit(MOST_TOLD - 1)
        .forEach(line -> err.println("also: " + line));
    err.println(check.broken().size() + " in all");
    return 1;
  }
}
