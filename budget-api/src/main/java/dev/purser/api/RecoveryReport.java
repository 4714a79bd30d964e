package dev.purser.api;

import java.util.List;

/**
 * What a start found in a journal and made of it. Immutable.
 *
 * @param checkpoint the number of the last file that a checkpoint stood for, 0 where there was none
 * @param segments how many files were read line by line
 * @param lines how many lines were read
 * @param charges how many sums of charges were applied to the budgets in force
 * @param orphaned how many calls were open when the process ended; they are charged what was held
 * @param orphanedNanoUsd what these come to, in nano-dollars
 * @param broken the lines that could not be read, or that are missing; each with what was done about it
 * @param notes what else a person should know
 */
public record RecoveryReport(
    long checkpoint,
    int segments,
    long lines,
    int charges,
    int orphaned,
    long orphanedNanoUsd,
    List<BrokenLine> broken,
    List<String> notes) {

  /**
   * A line that could not be read.
   *
   * @param file its file
   * @param line which line of it, from 1
   * @param offset where it begins, in bytes of the file before it was compressed
   * @param why what is wrong with it
   */
  public record BrokenLine(String file, long line, long offset, String why) {

    /** Renders {@code FILE line 12 (byte 3456): cut}. */
    @Override
    public String toString() {
      return file + " line " + line + " (byte " + offset + "): " + why;
    }
  }

  /** Copies the lists. */
  public RecoveryReport {
    broken = List.copyOf(broken);
    notes = List.copyOf(notes);
  }
}
