package dev.purser.core.journal;

import dev.purser.api.JournalOptions;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.core.ledger.LedgerContract;
import dev.purser.spi.Ledger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose calls are written down keeps what every ledger promises. */
class JournaledLedgerTest extends LedgerContract {

  @TempDir
  Path temp;

  private Journal journal;

  @Override
  protected Ledger ledger() {
    journal =
        Journal.open(JournalOptions.in(temp.resolve("spend")), List.of(), InstantSource.system());
    return journal.over(new InMemoryLedger());
  }

  @AfterEach
  void close() {
    journal.close();
  }
}
