package dev.purser.core;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.core.ledger.InMemoryLedger;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A process that makes calls until it is killed: {@code PORT SEED THREADS TOKENS} and a {@link Life}. */
final class Spender {

  /** How many calls of a thread at most were abandoned and will yet be settled. */
  private static final int MOST_LATE = 4;

  private final Purser purser;
  private final long tokens;

  private Spender(Purser purser, long tokens) {
    this.purser = purser;
    this.tokens = tokens;
  }

  /** Returns what to start it with. */
  static String[] args(int port, long seed, int threads, int tokens, Life life) {
    return Stream.concat(
            Stream.of((long) port, seed, (long) threads, (long) tokens).map(Object::toString),
            Stream.of(life.words()))
        .toArray(String[]::new);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    int threads = Integer.parseInt(args[2]);
    try (Connection provider = new Connection(port)) {
      provider.ask("hello");
    }
    Spender spender =
        new Spender(Life.of(args, 4).begin(new InMemoryLedger()), Long.parseLong(args[3]));
    // Daemons: what one of them throws ends the process.
    ExecutorService all = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    });
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Attribution who = Attribution.key("key-" + i).team(Counting.TEAM);
      Random random = new Random(seed + i);
      running.add(all.submit(() -> {
        spender.spend(who, random, port);
        return null;
      }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  private record Late(Reservation call, Usage usage) {}

  private void spend(Attribution who, Random random, int port) throws IOException {
    Deque<Late> late = new ArrayDeque<>();
    try (Connection provider = new Connection(port)) {
      while (true) {
        long cap = 1L + random.nextInt((int) tokens);
        Admission admission = purser.admit(Guard.call(cap, who).build());
        if (admission instanceof Admission.Refused refused) {
          provider.ask("refused " + refused.refusal().reason());
        } else {
          Ending plan = Ending.any(random.nextInt(100));
          make(admission.orThrow(), cap, plan, provider, late);
        }
        if (late.size() > random.nextInt(MOST_LATE)) {
          settle(late.remove(), provider);
        }
      }
    }
  }

  private static void make(
      Reservation call, long cap, Ending plan, Connection provider, Deque<Late> late)
      throws IOException {
    if (plan == Ending.RELEASE) {
      mustBe(call.release());
      provider.ask("released " + call.id());
      return;
    }
    Usage usage = Usage.ofTokens(
        0, Long.parseLong(provider.ask("call " + call.id() + " " + cap + " " + plan)));
    switch (plan) {
      case SETTLE -> settle(new Late(call, usage), provider);
      case CORRECT -> {
        mustBe(call.abandon(AbandonReason.CLOSED_EARLY));
        late.add(new Late(call, usage));
      }
      case ABANDON -> mustBe(call.abandon(AbandonReason.CALL_FAILED));
      default -> {} // left open
    }
  }

  private static void settle(Late late, Connection provider) throws IOException {
    mustBe(late.call().settle(late.usage()));
    provider.ask("settled " + late.call().id());
  }

  private static void mustBe(boolean ended) {
    if (!ended) {
      throw new IllegalStateException("ended before");
    }
  }
}
