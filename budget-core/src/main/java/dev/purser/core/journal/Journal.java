package dev.purser.core.journal;

import dev.purser.api.Budget;
import dev.purser.api.ControlRecord;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.RecoveryReport;
import dev.purser.api.VirtualKey;
import dev.purser.core.record.AlertLine;
import dev.purser.core.record.BudgetsLine;
import dev.purser.core.record.ControlLine;
import dev.purser.core.record.DayLine;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.StateLog;
import dev.purser.spi.Ledger;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one log of everything, in a folder, and what a start recovers from. Safe for use by several
 * threads.
 *
 * <p>A call is written when money is held for it, before it is sent, and when it ends, before that
 * returns; so is what somebody did to the budgets. {@link #begin} starts what works beside the calls.
 */
public final class Journal implements StateLog, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("dev.purser.journal");
  private static final Duration AHEAD = Duration.ofHours(1);
  private static final ThreadLocal<JsonLine> LINE = ThreadLocal.withInitial(JsonLine::new);

  private final FolderLock lock;
  private final Path folder;
  private final InstantSource clock;
  private final byte[] salt;
  private final Writer writer;
  private final RefusalCounts refusals;
  private final Writer.Alone archive;
  private final Upkeep upkeep;
  private final Set<String> orphans;
  private final RecoveryReport report;
  private volatile @Nullable Recovered recovered;
  private volatile List<Budget> budgets;

  private Journal(
      JournalOptions options,
      List<Budget> budgets,
      InstantSource clock,
      Disk disk,
      FolderLock lock,
      Recovery found,
      RecoveryReport report,
      Recovered recovered)
      throws IOException {
    this.lock = lock;
    this.clock = clock;
    this.budgets = budgets;
    this.recovered = recovered;
    this.report = report;
    folder = options.folder();
    salt = Salt.of(folder);
    orphans = recovered.orphaned().stream()
        .map(call -> call.id())
        .collect(Collectors.toUnmodifiableSet());
    AtomicReference<IOException> failure = new AtomicReference<>();
    AtomicBoolean closedOne = new AtomicBoolean();
    Segments segments = new Segments(
        folder,
        disk,
        this::keepFolder,
        options.segmentBytes(),
        found.through(),
        found.bytes(),
        found.lastSeq(),
        () -> closedOne.set(true));
    // Where each group is forced to the device, it must stand in its segment.
    Slate slate = options.fsync() == Fsync.ALWAYS ? null : slate(disk, folder);
    Tail tail = new Tail(folder, disk, segments, slate);
    writer = new Writer(tail, options.fsync(), clock, failure::set);
    refusals = new RefusalCounts(writer, clock);
    Archive files = new Archive(new Folder(folder), disk, options, clock);
    archive = () -> files.tidy(segments.closedThrough(), this.budgets);
    upkeep = new Upkeep(
        writer,
        segments,
        refusals,
        archive,
        options.fsync() == Fsync.INTERVAL ? options.fsyncInterval() : null,
        failure,
        closedOne);
  }

  /**
   * Opens the journal of a folder, which is made if it is missing, and reads what it holds.
   *
   * @param budgets those in force, with zones
   * @throws IllegalStateException if another guard has the folder, or it is ahead of the clock
   * @throws UncheckedIOException if the folder cannot be read or written
   */
  public static Journal open(JournalOptions options, List<Budget> budgets, InstantSource clock) {
    return open(options, budgets, clock, Disk.REAL);
  }

  static Journal open(
      JournalOptions options, List<Budget> budgets, InstantSource clock, Disk disk) {
    Path folder = options.folder();
    // Files are read through channels, which an interrupt would close.
    boolean interrupted = Thread.interrupted();
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        return recovered(options, budgets, clock, disk, lock);
      } catch (IOException | RuntimeException | Error e) {
        giveBack(lock, e);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "journal: " + folder + " cannot be read and written: " + e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void giveBack(FolderLock lock, Throwable failure) {
    try {
      lock.release();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Journal recovered(
      JournalOptions options, List<Budget> budgets, InstantSource clock, Disk disk, FolderLock lock)
      throws IOException {
    Folder folder = new Folder(options.folder());
    Recovery found = Recovery.of(folder, new Grain(budgets), Long.MAX_VALUE);
    Instant latest = found.fold().latest();
    if (latest.isAfter(clock.instant().plus(AHEAD)) && !options.aheadAllowed()) {
      throw new IllegalStateException("journal: " + options.folder() + " goes on until " + latest
          + ", but the clock says " + clock.instant()
          + ": windows that it has seen would be opened again. Set the clock, or say aheadAllowed");
    }
    List<String> notes = new ArrayList<>(found.notes());
    Recovered recovered = Recovered.of(found.fold(), notes);
    int aside = Recovery.setAside(folder, found);
    if (aside > 0) {
      notes.add(aside + " lines were put into " + folder.setAside());
    }
    long orphaned = recovered.orphaned().stream()
        .mapToLong(call -> call.amounts().nanoUsd())
        .reduce(0, Sums::sum);
    found = Recovery.completed(folder, found);
    RecoveryReport report = new RecoveryReport(
        found.base(),
        found.segments(),
        found.read(),
        recovered.spent().size(),
        recovered.orphaned().size(),
        orphaned,
        found.broken(),
        notes);
    return new Journal(options, budgets, clock, disk, lock, found, report, recovered);
  }

  private static @Nullable Slate slate(Disk disk, Path folder) {
    try {
      return disk.slate(folder);
    } catch (IOException e) {
      log.warn("{}: lines are appended one by one, for there is no slate", folder, e);
      return null;
    }
  }

  /** Before a file is begun: somebody may have removed the folder. */
  private void keepFolder() throws IOException {
    lock.renew();
    Salt.restore(folder, salt);
  }

  /** Returns what stood in the folder; once, for it may be large. */
  public Recovered takeRecovered() {
    Recovered found = recovered;
    if (found == null) {
      throw new IllegalStateException("taken before");
    }
    recovered = null;
    return found;
  }

  /** Returns what the start found, for people. */
  public RecoveryReport report() {
    return report;
  }

  /** Returns what fingerprints of credentials are salted with, the same after every restart. */
  public byte[] salt() {
    return salt.clone();
  }

  /** Returns a ledger that writes down what is held and charged in another. */
  public Ledger over(Ledger ledger) {
    return new JournaledLedger(ledger, writer, orphans);
  }

  /** Returns the sink for records that cost nothing; those of charges are passed over. */
  public RecordSink sink() {
    return refusals;
  }

  /**
   * Starts what works beside the calls.
   *
   * @param troubles told of what befalls the folder
   */
  public void begin(Troubles troubles) {
    for (RecoveryReport.BrokenLine line : report.broken()) {
      log.warn("{}: {}", folder, line);
    }
    report.notes().forEach(note -> log.warn("{}: {}", folder, note));
    if (report.lines() > 0 || report.checkpoint() > 0) {
      log.info(
          "{}: {} lines read after checkpoint {}; {} calls were open and are charged what was held",
          folder,
          report.lines(),
          report.checkpoint(),
          report.orphaned());
    }
    upkeep.begin(troubles);
  }

  @Override
  public void control(ControlRecord record, @Nullable VirtualKey key) {
    written(ControlLine.of(LINE.get(), record, key));
  }

  @Override
  public void alert(AlertLine line) {
    Line unused = writer.add(line.write(LINE.get(), clock.instant()).endOpen(), Line.Kind.TOLD);
  }

  @Override
  public void day(DayLine line) {
    Line unused = writer.add(line.write(LINE.get(), clock.instant()).endOpen(), Line.Kind.TOLD);
  }

  @Override
  public void budgets(List<Budget> inForce) {
    budgets = List.copyOf(inForce);
    written(BudgetsLine.of(LINE.get(), inForce, clock.instant()));
    upkeep.segmentClosed(); // the checkpoint may have to be summed anew
  }

  private void written(JsonLine line) {
    Line.State unused = writer.await(writer.add(line.endOpen(), Line.Kind.KEPT));
  }

  /** Does what works beside the calls once, on this thread; for tests. */
  void look(Troubles troubles) {
    upkeep.look(troubles);
  }

  /** Forces what was written to the device, on this thread; for tests. */
  void sync() {
    writer.sync();
  }

  /** Sees to closed files, on this thread; for tests. */
  void tidy() throws IOException {
    archive.run();
  }

  /** Writes what is left and gives the folder back. Calls are refused from now on. */
  @Override
  public void close() {
    refusals.close();
    boolean ended = upkeep.close();
    writer.close();
    if (writer.dropped() > 0) {
      log.warn("{}: {} lines could not be written and are lost", folder, writer.dropped());
    }
    if (!ended) {
      log.warn("{}: closed files are still being seen to; the folder stays locked", folder);
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      log.warn("{}: its lock could not be released", folder, e);
    }
  }
}
