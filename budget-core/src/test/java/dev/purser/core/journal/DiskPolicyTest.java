package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk, a read-only folder and errors of the device: nothing is spent that a restart would forget. */
class DiskPolicyTest {

  private static final Instant NOON = SampleJournal.NOON;
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Budget CAP =
      Budget.total("cap", Usd.ofNanos(100)).owner("dana").zone(ZoneOffset.UTC);
  private static final Budget WATCHED =
      Budget.total("watched", Usd.ofNanos(5)).owner("dana").zone(ZoneOffset.UTC).observe();

  @TempDir
  Path temp;

  private final FailingDisk disk = new FailingDisk();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private Journal journal;
  private Ledger ledger;
  private int calls;

  private void open(Fsync fsync, Budget... budgets) {
    open(fsync, 1 << 30, budgets);
  }

  private void open(Fsync fsync, long segmentBytes, Budget... budgets) {
    journal = Journal.open(
        JournalOptions.in(temp.resolve("spend")).fsync(fsync).segmentBytes(segmentBytes),
        List.of(budgets),
        InstantSource.fixed(NOON),
        disk);
    journal.begin(troubles::add);
    InMemoryLedger inMemory = new InMemoryLedger();
    inMemory.revise(List.of(budgets));
    ledger = journal.over(inMemory);
  }

  @AfterEach
  void close() {
    if (journal != null) {
      journal.close();
    }
  }

  private Reserved reserve(Budget budget, long nanoUsd) {
    Account account = ledger.open(budget, "", NOON);
    return ledger.reserve(new Demand(
        "call-" + ++calls,
        NOON,
        NOON.plusSeconds(900),
        "direct",
        Attribution.key("alice"),
        MODEL,
        new Amounts(nanoUsd, 0, 0, 1),
        List.of(account),
        () -> {}));
  }

  private Ticket held(Budget budget, long nanoUsd) {
    return ((Reserved.Held) reserve(budget, nanoUsd)).ticket();
  }

  private void settle(Ticket ticket, int call, long nanoUsd) {
    ticket.settle(
        new Amounts(nanoUsd, 0, 0, 1),
        SpendRecord.builder("call-" + call, Outcome.SETTLED, MODEL, NOON)
            .attribution(Attribution.key("alice"))
            .usage(Usage.NONE)
            .charged(nanoUsd, nanoUsd)
            .build());
  }

  private long used() {
    Balance balance = ledger.balance(ledger.open(CAP, "", NOON), NOON);
    return balance.settled() + balance.held();
  }

  private void refusedAsUnavailable(Reserved reserved) {
    assertThat(reserved)
        .isInstanceOfSatisfying(
            Reserved.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE));
  }

  private void writableAgain() {
    disk.room.set(Long.MAX_VALUE);
    disk.truncateFails = false;
    disk.syncFails = false;
    disk.createFails = false;
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> reserve(CAP, 0) instanceof Reserved.Held && probe());
  }

  /** A call that asks for money passes. */
  private boolean probe() {
    if (reserve(CAP, 1) instanceof Reserved.Held held) {
      settle(held.ticket(), calls, 0);
      return true;
    }
    return false;
  }

  /** What a start makes of the folder. */
  private Recovered restarted() {
    journal.close();
    try (Journal again = Journal.open(
        JournalOptions.in(temp.resolve("spend")), List.of(CAP), InstantSource.fixed(NOON))) {
      assertThat(again.report().broken()).isEmpty();
      return again.takeRecovered();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 250})
  void aFullDiskRefusesWhatBudgetsMustRemember(long bytesLeft) {
    open(Fsync.NEVER, CAP, WATCHED);
    Ticket first = held(CAP, 30);
    int firstCall = calls;
    disk.room.set(bytesLeft);
    refusedAsUnavailable(reserve(CAP, 10));
    assertThat(used()).isEqualTo(30);
    refusedAsUnavailable(reserve(CAP, 10));
    assertThat(reserve(CAP, 200)).isInstanceOf(Reserved.Refused.class);
    // What takes nothing of a limit passes, and so does what is only watched.
    assertThat(reserve(CAP, 0)).isInstanceOf(Reserved.Held.class);
    assertThat(reserve(WATCHED, 10)).isInstanceOf(Reserved.Held.class);

    settle(first, firstCall, 20);
    assertThat(used()).isEqualTo(20);
    writableAgain();
    int last = calls + 1;
    held(CAP, 40);

    Recovered found = restarted();
    assertThat(SampleJournal.charged(found)).isEqualTo(20 + 40 + 10);
    assertThat(found.orphaned())
        .anySatisfy(call -> assertThat(call.id()).isEqualTo("call-" + last));
  }

  @Test
  void anOutageIsToldOnceAndSoIsItsEnd() {
    open(Fsync.NEVER, CAP);
    disk.room.set(10);
    refusedAsUnavailable(reserve(CAP, 10));
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> troubles.size() == 1);
    refusedAsUnavailable(reserve(CAP, 10));
    writableAgain();
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> troubles.size() == 2);

    assertThat(troubles.get(0)).contains("cannot be written", "No space left");
    assertThat(troubles.get(1)).contains("can be written again");
  }

  @Test
  void whatCannotBeCutOffDoesNotCount() {
    open(Fsync.NEVER, CAP);
    Ticket first = held(CAP, 30);
    int firstCall = calls;
    // Room for one whole line of the two that come, and the rest cannot be taken back.
    disk.room.set(700);
    disk.truncateFails = true;
    settle(first, firstCall, 25);
    refusedAsUnavailableSoon();
    writableAgain();

    assertThat(SampleJournal.charged(restarted())).isEqualTo(25);
  }

  private void refusedAsUnavailableSoon() {
    while (reserve(CAP, 1) instanceof Reserved.Held held) {
      settle(held.ticket(), calls, 0);
    }
    refusedAsUnavailable(reserve(CAP, 1));
  }

  @Test
  void whatCannotBeForcedToTheDeviceDoesNotCount() {
    open(Fsync.ALWAYS, CAP);
    Ticket first = held(CAP, 30);
    int firstCall = calls;
    disk.syncFails = true;
    refusedAsUnavailable(reserve(CAP, 10));
    settle(first, firstCall, 25);
    assertThat(used()).isEqualTo(25);
    writableAgain();

    assertThat(SampleJournal.charged(restarted())).isEqualTo(25);
  }

  @Test
  void aFolderThatTakesNoNewFileGoesOnWithTheOneItHas() {
    open(Fsync.NEVER, 4 << 10, CAP);
    held(CAP, 1);
    disk.createFails = true;
    List<Reserved> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(reserve(CAP, 1));
    }
    assertThat(all).allSatisfy(each -> assertThat(each).isInstanceOf(Reserved.Held.class));
    disk.createFails = false;
    held(CAP, 1);
    assertThat(SampleJournal.charged(restarted())).isEqualTo(22);
  }

  @Test
  void aFolderWithoutAnyFileToWriteRefuses() {
    disk.createFails = true;
    open(Fsync.NEVER, CAP);
    refusedAsUnavailable(reserve(CAP, 10));
    assertThat(used()).isZero();
    writableAgain();
    held(CAP, 10);
    assertThat(SampleJournal.charged(restarted())).isEqualTo(10);
  }

  @Test
  void aFolderThatWasTakenAwayIsMadeAgain() throws IOException {
    open(Fsync.NEVER, CAP);
    held(CAP, 10);
    Path folder = temp.resolve("spend");
    Path away = temp.resolve("away");
    Files.move(folder, away);
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
      boolean unused = probe();
      return Files.exists(folder);
    });
    held(CAP, 20);
    journal.close();
    try (Journal again =
        Journal.open(JournalOptions.in(folder), List.of(CAP), InstantSource.fixed(NOON))) {
      assertThat(SampleJournal.charged(again.takeRecovered())).isEqualTo(20);
      assertThat(again.report().broken()).isNotEmpty(); // what stood before is missing
    }
  }

  @Test
  void aFolderThatCannotBeMadeFailsTheStart() throws IOException {
    Path file = Files.createFile(temp.resolve("a file"));
    assertThatThrownBy(() -> Journal.open(
            JournalOptions.in(file.resolve("spend")), List.of(CAP), InstantSource.fixed(NOON)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be read and written");
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void anInterruptedCallerHarmsNobodyAndStaysInterrupted(Fsync fsync) {
    open(fsync, 4 << 10, CAP);
    for (int i = 0; i < 40; i++) {
      Thread.currentThread().interrupt();
      Ticket ticket = held(CAP, 2);
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      settle(ticket, calls, 2);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(SampleJournal.charged(restarted())).isEqualTo(80);
    assertThat(troubles).isEmpty();
  }

  @Test
  void aJournalAheadOfTheClockIsRefusedUnlessAllowed() {
    open(Fsync.NEVER, CAP);
    held(CAP, 10);
    journal.close();
    JournalOptions options = JournalOptions.in(temp.resolve("spend"));
    InstantSource early = InstantSource.fixed(NOON.minusSeconds(3601));
    assertThatThrownBy(() -> Journal.open(options, List.of(CAP), early))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(NOON.toString(), "aheadAllowed");
    Journal.open(options.aheadAllowed(true), List.of(CAP), early).close();
    Journal.open(options, List.of(CAP), InstantSource.fixed(NOON.minusSeconds(3599)))
        .close();
    assertThat(journal.report().broken()).isEmpty();
  }
}
