package dev.purser.core;

import dev.purser.core.ledger.InMemoryLedger;
import java.util.stream.Stream;

/** A process that opens a folder, says how that went, and keeps it: {@code PORT} and a {@link Life}. */
final class FolderHolder {

  private FolderHolder() {}

  /** Returns what to start it with. */
  static String[] args(int port, Life life) {
    return Stream.concat(Stream.of("" + port), Stream.of(life.words())).toArray(String[]::new);
  }

  public static void main(String[] args) throws Exception {
    try (Connection provider = new Connection(Integer.parseInt(args[0]))) {
      try (Purser purser = Life.of(args, 1).begin(new InMemoryLedger())) {
        provider.ask("open " + purser.budgets());
        provider.awaitEnd();
      } catch (IllegalStateException e) {
        provider.ask("refused: " + e.getMessage());
      }
    }
  }
}
