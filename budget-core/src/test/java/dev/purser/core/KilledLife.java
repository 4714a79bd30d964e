package dev.purser.core;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * The life of a process that spends until it is killed. Its provider bills in a file of its own, written
 * before the answer is handed over; and when a settlement has returned, that is noted there, too. What a
 * {@code write} has taken survives the process, so no bill is lost, and no settlement is noted too early.
 */
public final class KilledLife {

  static final String CAP = "40.00";

  private KilledLife() {}

  /** Returns budgets that all cap the same spending at the same amount, each life under other names. */
  static List<Budget> budgets(int life) {
    return List.of(
        switch (life % 3) {
          case 0 -> Budget.total("cap", Usd.of(CAP));
          case 1 -> Budget.total("another name", Usd.of(CAP));
          default -> Budget.total("by team", Usd.of(CAP)).per(Dimension.TEAM);
        });
  }

  static PurserBuilder guard(Path folder, int life) {
    return Guard.with(
        Purser.builder()
            .owner("dana")
            .sink(record -> {})
            .alertSink(alert -> {})
            .journal(JournalOptions.in(folder)
                .segmentBytes(256 << 10)
                .fsync(life % 5 == 4 ? Fsync.ALWAYS : Fsync.NEVER)),
        budgets(life).toArray(Budget[]::new));
  }

  /** Spends with so many threads; folder, folder of the bills, number of the life, threads, calls. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path bills = Path.of(args[1]);
    int life = Integer.parseInt(args[2]);
    int threads = Integer.parseInt(args[3]);
    long calls = Long.parseLong(args[4]);
    Purser purser = guard(folder, life).build();
    System.out.println("begun");
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> spend(purser, bills, life, number, calls));
      thread.start();
    }
  }

  private static void spend(Purser purser, Path bills, int life, int thread, long calls) {
    Random random = new Random(1_000L * life + thread);
    try (FileOutputStream bill =
        new FileOutputStream(bills.resolve(life + "-" + thread).toFile(), true)) {
      for (long i = 0; i < calls; i++) {
        Admission admission = purser.admit(Guard.call(100 + random.nextInt(900))
            .attribution(Attribution.key("k" + random.nextInt(3)).team("t"))
            .build());
        if (admission instanceof Admission.Admitted admitted) {
          call(admitted.reservation(), random, bill);
        } else {
          Refusal refusal = ((Admission.Refused) admission).refusal();
          if (refusal.reason() == Refusal.Reason.UNAVAILABLE) {
            System.out.println("unavailable");
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(Reservation call, Random random, FileOutputStream bill)
      throws IOException {
    long tokens = random.nextLong(call.reserved().nanos() / 10_000 + 1);
    int how = random.nextInt(20);
    if (how == 0) {
      call.release();
      return;
    }
    // $10 for a million tokens.
    write(bill, "billed " + call.id() + " " + 10_000 * tokens);
    if (how == 1) {
      call.abandon(AbandonReason.STREAM_CUT);
    } else if (how > 2) {
      if (how == 3) {
        call.abandon(AbandonReason.CLOSED_EARLY);
      }
      call.settle(Usage.ofTokens(0, tokens));
      write(bill, "settled " + call.id());
    }
  }

  private static void write(FileOutputStream bill, String line) throws IOException {
    bill.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
