package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.core.ledger.InMemoryLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that makes calls until its journal cannot be written, settles those that are open, tries
 * once more, and ends: {@code PORT} and a {@link Life}. Whatever is thrown ends it otherwise.
 */
final class FullDiskSpender {

  static final int THREADS = 4;

  private static final int TOKENS = 500;
  private static final int PATIENCE_SECONDS = 60;

  private final Purser purser;
  private final int port;

  private FullDiskSpender(Purser purser, int port) {
    this.purser = purser;
    this.port = port;
  }

  /** Returns what to start it with. */
  static String[] args(int port, Life life) {
    return Stream.concat(Stream.of("" + port), Stream.of(life.words())).toArray(String[]::new);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Life life = Life.of(args, 1);
    CompletableFuture<Alert> told = new CompletableFuture<>();
    ExecutorService all = Executors.newFixedThreadPool(THREADS);
    try (Purser purser = life.builder(new InMemoryLedger())
        .alertSink(told::complete)
        .journal(life.options())
        .build()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(all.submit(() -> {
          new FullDiskSpender(purser, port).spend();
          return null;
        }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      try (Connection provider = new Connection(port)) {
        Alert alert = told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        provider.ask("alert " + alert.kind() + ": " + alert.message());
      }
    } finally {
      all.shutdownNow();
    }
  }

  private record Open(Reservation call, Usage usage) {}

  private void spend() throws IOException {
    List<Open> open = new ArrayList<>();
    try (Connection provider = new Connection(port)) {
      untilRefused(open, provider);
      for (Open each : open) {
        settle(each, provider);
      }
      // A short line may fit where a longer one did not: refused again all the same, if later.
      List<Open> more = new ArrayList<>();
      untilRefused(more, provider);
      for (Open each : more) {
        settle(each, provider);
      }
    }
  }

  private void untilRefused(List<Open> open, Connection provider) throws IOException {
    Admission admission = admit();
    for (int i = 0; admission instanceof Admission.Admitted; i++) {
      Reservation call = admission.orThrow();
      String request = "call " + call.id() + " " + TOKENS + " " + Ending.SETTLE;
      Open sent = new Open(call, Usage.ofTokens(0, Long.parseLong(provider.ask(request))));
      if (i % 4 == 1) {
        open.add(sent);
      } else {
        settle(sent, provider);
      }
      admission = admit();
    }
    provider.ask("refused " + ((Admission.Refused) admission).refusal().reason());
  }

  private Admission admit() {
    return purser.admit(
        Guard.call(TOKENS, Attribution.key("k").team(Counting.TEAM)).build());
  }

  private static void settle(Open open, Connection provider) throws IOException {
    if (!open.call().settle(open.usage())) {
      throw new IllegalStateException("ended before");
    }
    provider.ask("settled " + open.call().id());
  }
}
