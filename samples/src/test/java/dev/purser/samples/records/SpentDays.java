package dev.purser.samples.records;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Three weeks of calls that a real guard wrote down, until Thursday, 26 November 2026, and what each of
 * them cost by the list prices.
 */
final class SpentDays {

  static final LocalDate TODAY = LocalDate.parse("2026-11-26");

  private static final List<String> KEYS = List.of("alice", "bob", "carol");
  private static final List<String> MODELS = List.of("gpt-4o", "gpt-4o-mini");

  /** What a call was charged in the end, in nano-dollars. */
  record Cost(LocalDate day, Attribution who, String model, long nanoUsd) {

    String team() {
      return who.team() == null ? "-" : who.team();
    }

    /** Returns the session at the top of the one that the call was made in. */
    String topSession() {
      List<String> above = who.ancestors();
      return above.isEmpty() ? String.valueOf(who.session()) : above.get(above.size() - 1);
    }
  }

  private final List<Cost> costs = new ArrayList<>();
  private final Random random = new Random(6);
  private final Path folder;
  private Instant now = Instant.parse("2026-11-06T09:00:00Z");

  SpentDays(Path folder) {
    this.folder = folder;
  }

  /** Writes the folder, with two guards, one after the other, so that some files are compressed. */
  List<Cost> write() {
    try (Purser purser = guard()) {
      until(purser, TODAY.minusDays(5));
    }
    try (Purser purser = guard()) {
      until(purser, TODAY.plusDays(1));
    }
    return costs;
  }

  private Purser guard() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1000000")))
        .clock(() -> now)
        .sink(record -> {})
        .alertSink(alert -> {})
        .journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER).segmentBytes(16 << 10))
        .build();
  }

  private LocalDate day() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private void until(Purser purser, LocalDate end) {
    while (day().isBefore(end)) {
      for (String key : KEYS) {
        // Carol does not work on every day, and bob spikes on the last.
        if (!key.equals("carol") || day().getDayOfMonth() % 3 == 0) {
          calls(purser, key, key.equals("bob") && day().equals(TODAY) ? 20 : 3);
        }
      }
      now = now.plus(Duration.ofDays(1));
    }
  }

  private void calls(Purser purser, String key, int calls) {
    for (int i = 0; i < calls; i++) {
      Attribution who = Attribution.key(key).session(key + "-" + day() + "-" + i);
      who = key.equals("carol") ? who : who.team(key.equals("alice") ? "platform" : "research");
      String model = MODELS.get(random.nextInt(MODELS.size()));
      call(purser, who, model, random.nextInt(4));
      Attribution sub = who.session(who.session() + "/sub").ancestors(List.of(who.session()));
      call(purser, sub, model, 0);
      call(
          purser,
          sub.session(who.session() + "/sub/sub")
              .ancestors(List.of(who.session() + "/sub", who.session())),
          model,
          0);
      now = now.plusSeconds(60);
    }
  }

  private void call(Purser purser, Attribution who, String model, int ending) {
    long input = 1L + random.nextInt(20_000);
    long output = 1L + random.nextInt(5_000);
    Reservation held = purser
        .admit(CallIntent.builder(ModelId.of("openai", model))
            .prompt(Prompt.EMPTY)
            .outputCap(8_000)
            .attribution(who)
            .build())
        .orThrow();
    switch (ending) {
      case 1 -> held.release();
      case 2 -> {
        held.abandon(AbandonReason.CLOSED_EARLY);
        charged(who, model, 0, 8_000);
      }
      case 3 -> {
        held.abandon(AbandonReason.CLOSED_EARLY);
        held.settle(Usage.ofTokens(input, output)); // corrects what was charged before
        charged(who, model, input, output);
      }
      default -> {
        held.settle(Usage.ofTokens(input, output));
        charged(who, model, input, output);
      }
    }
  }

  /** $2.50 and $10 a million tokens, or $0.15 and $0.60. */
  private void charged(Attribution who, String model, long input, long output) {
    long cost =
        model.equals("gpt-4o") ? 2_500 * input + 10_000 * output : 150 * input + 600 * output;
    costs.add(new Cost(day(), who, model, cost));
  }
}
