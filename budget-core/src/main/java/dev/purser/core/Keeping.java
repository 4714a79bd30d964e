package dev.purser.core;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.core.config.Configuration;
import dev.purser.core.journal.Journal;
import dev.purser.core.journal.Troubles;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.record.StateLog;
import dev.purser.spi.Ledger;
import dev.purser.spi.RecordSink;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a guard remembers after a restart: what its journal says, or without one nothing. */
final class Keeping implements AutoCloseable {

  private static final int SALT_BYTES = 16;

  private final @Nullable Journal journal;

  private Keeping(@Nullable Journal journal) {
    this.journal = journal;
  }

  /**
   * Opens the journal, if there is to be one.
   *
   * @param inCode what the builder was told of it, or null
   * @param file where the configuration comes from, or null for code
   */
  static Keeping open(
      @Nullable JournalOptions inCode,
      @Nullable Path file,
      Configuration checked,
      InstantSource clock) {
    JournalOptions options = options(inCode, file, checked.journal());
    return new Keeping(options == null ? null : Journal.open(options, checked.budgets(), clock));
  }

  private static @Nullable JournalOptions options(
      @Nullable JournalOptions inCode, @Nullable Path file, @Nullable JournalOptions inFile) {
    if (inFile == null || file == null) {
      return inCode;
    }
    if (inCode != null) {
      throw new IllegalArgumentException("journal: is said in code and in " + file
          + "; say it there, or leave it out of the file");
    }
    return inFile.folder(file.toAbsolutePath().resolveSibling(inFile.folder()));
  }

  /** Returns the journal, or null without one. */
  @Nullable Journal journal() {
    return journal;
  }

  /**
   * Returns where records go: where they were told to, and into the journal.
   *
   * @param otherwise where they go if nobody said anything
   * @param watch looks at all of them for people
   */
  List<RecordSink> sinks(List<RecordSink> told, RecordSink otherwise, RecordSink watch) {
    List<RecordSink> sinks = new ArrayList<>(told);
    if (journal != null) {
      sinks.add(journal.sink());
    } else if (sinks.isEmpty()) {
      sinks.add(otherwise);
    }
    sinks.add(watch);
    return sinks;
  }

  /** Returns a ledger whose charges are kept. */
  Ledger over(Ledger accounts) {
    return journal == null ? accounts : journal.over(accounts);
  }

  /** Returns what fingerprints of credentials are salted with. */
  byte[] salt() {
    if (journal != null) {
      return journal.salt();
    }
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Returns what is told of all that is in force besides the accounts. */
  StateLog log() {
    return journal == null ? StateLog.NONE : journal;
  }

  /** Puts a guard where the one before was; before its first call. */
  void begin(Pipeline pipeline, List<Budget> budgets) {
    if (journal != null) {
      pipeline.restore(journal.takeRecovered());
      journal.begin(new Troubles() {
        @Override
        public void happened(String what) {
          pipeline.journal(what);
        }

        @Override
        public void over() {
          pipeline.journalWorks();
        }
      });
      journal.budgets(budgets);
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
