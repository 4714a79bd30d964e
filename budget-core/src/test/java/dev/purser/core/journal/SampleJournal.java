package dev.purser.core.journal;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A journal as a guard writes it, of every kind of line. */
final class SampleJournal {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOON.plusSeconds(60));
  static final List<Budget> BUDGETS = List.of(
      Budget.daily("day", Usd.of("3.00")).per(Dimension.KEY).owner("dana").zone(ZoneOffset.UTC));

  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  private SampleJournal() {}

  /** Writes a journal of so many calls, and leaves some of them open. */
  static void write(Path folder, int calls, long segmentBytes) {
    write(folder, calls, segmentBytes, InstantSource.fixed(NOON));
  }

  static void write(Path folder, int calls, long segmentBytes, InstantSource clock) {
    JournalOptions options =
        JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER).segmentBytes(segmentBytes);
    Random random = new Random(7);
    try (Purser purser = Purser.builder()
        .owner("dana")
        .clock(clock)
        .budget(BUDGETS.get(0))
        .sink(record -> {})
        .alertSink(alert -> {})
        .journal(options)
        .build()) {
      purser.keys().mint(VirtualKey.named("minted").team("platform"), "dana");
      purser.freeze(FreezeTarget.session("run 0"), "dana", "loop");
      purser
          .grants()
          .grant(Grant.of("day", Usd.of("1")).to("key=k0").by("dana").because("release"));
      List<Reservation> open = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        Attribution who = Attribution.key("k" + i % 4)
            .team("t" + i % 2)
            .session("sé\"ssion " + i % 7)
            .parent("run " + i % 3)
            .tag("repo", "app");
        Admission admission =
            purser.admit(CallIntent.builder(i % 50 == 0 ? ModelId.of("openai", "gpt-99") : GPT_4O)
                .attribution(who)
                .outputCap(1_000)
                .build());
        if (admission instanceof Admission.Admitted admitted) {
          end(admitted.reservation(), random, open);
        }
      }
    }
  }

  private static void end(Reservation call, Random random, List<Reservation> open) {
    switch (random.nextInt(10)) {
      case 0 -> call.release();
      case 1 -> call.abandon(AbandonReason.STREAM_CUT);
      case 2 -> {
        call.abandon(AbandonReason.CLOSED_EARLY);
        call.settle(Usage.ofTokens(10, random.nextInt(1_000)));
      }
      case 3 -> open.add(call);
      default -> call.settle(Usage.ofTokens(10, random.nextInt(1_000)));
    }
  }

  /** Reads a folder as a start does. */
  static Journal open(Path folder) {
    return Journal.open(
        JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER), BUDGETS, CLOCK);
  }

  /** Returns what a start charges by what a folder holds, in nano-dollars. */
  static long charged(Recovered found) {
    long sum = 0;
    for (Spent spent : found.spent()) {
      sum += spent.amounts().nanoUsd();
    }
    sum += found.orphaned().stream().mapToLong(call -> call.amounts().nanoUsd()).sum();
    return sum
        + found.charged().stream().mapToLong(call -> call.amounts().nanoUsd()).sum();
  }

  /** Returns the only segment of a folder. */
  static Path segment(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("spend-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
