package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Guards that follow each other on one folder; what a test needs of each, on one clock. */
final class Restarts implements AutoCloseable {

  final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
  final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  final List<Alert> alerts = new CopyOnWriteArrayList<>();
  Path folder;
  private InMemoryLedger ledger = new InMemoryLedger();
  private Purser purser;
  private int killed;

  Restarts(Path folder, UnaryOperator<PurserBuilder> options) {
    this.folder = folder;
    purser = build(folder, options);
  }

  private Purser build(Path on, UnaryOperator<PurserBuilder> options) {
    ledger = new InMemoryLedger();
    return options
        .apply(Purser.builder()
            .owner("dana")
            .clock(clock)
            .ledger(ledger)
            .sink(records::add)
            .alertSink(alerts::add)
            .journal(JournalOptions.in(on).fsync(JournalOptions.Fsync.NEVER)))
        .build();
  }

  static UnaryOperator<PurserBuilder> with(Budget... budgets) {
    return builder -> Guard.with(builder, budgets);
  }

  Purser purser() {
    return purser;
  }

  /** Ends the guard in an orderly way and begins another. */
  Purser restart(UnaryOperator<PurserBuilder> options) {
    purser.close();
    purser = build(folder, options);
    return purser;
  }

  /** Begins another on a copy of the folder as it is now, as if the process had been killed. */
  Purser kill(UnaryOperator<PurserBuilder> options) {
    Path copy = folder.resolveSibling("life-" + ++killed);
    copy(folder, copy);
    purser.close();
    folder = copy;
    purser = build(folder, options);
    return purser;
  }

  /** Copies what stands in a folder at one instant: closed files are seen to beside the calls. */
  static void copy(Path from, Path to) {
    for (List<Path> before = files(from); ; before = files(from)) {
      try {
        Files.createDirectories(to);
        for (Path file : before) {
          Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (files(from).equals(before)) {
          return;
        }
        for (Path file : files(to)) {
          Files.delete(file);
        }
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // compressed meanwhile
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reservation hold(CallIntent.Builder call) {
    return admit(call).orThrow();
  }

  Admission admit(CallIntent.Builder call) {
    return purser.admit(call.build());
  }

  /** Makes a call that writes so many tokens. */
  void spend(CallIntent.Builder call, long output) {
    hold(call).settle(Usage.ofTokens(0, output));
  }

  Balance balance(String budget, String scope) {
    for (Account account : ledger.accounts()) {
      if (account.budget().name().equals(budget) && account.scope().equals(scope)) {
        return ledger.balance(account, clock.instant());
      }
    }
    throw new IllegalArgumentException("no account " + budget + " " + scope);
  }

  @Override
  public void close() {
    purser.close();
  }
}
