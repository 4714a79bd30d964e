package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What disks do: full, read-only, broken, taken away; and well again. */
class DiskFaultsTest {

  private static final long LIMIT = 100;

  @TempDir
  Path temp;

  private static void assertUnavailable(Reserved reserved) {
    assertThat(reserved)
        .isInstanceOfSatisfying(
            Reserved.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  private void assertReplaysToAtMostTheLimit(Path folder, String what) {
    Path copy = Folders.copy(folder, temp.resolve("copy-" + what));
    Recovery found = Life.replay(copy);
    assertThat(Life.total(found.fold())).as(what).isLessThanOrEqualTo(LIMIT);
    Folders.remove(copy);
  }

  /** An outage that begins with a call, from after how many bytes on, and with what else. */
  private void outage(int room, boolean truncates, Fsync fsync, boolean crash) throws IOException {
    String what = room + "-" + truncates + "-" + fsync + "-" + crash;
    Path folder = temp.resolve("spend-" + what);
    Life life = new Life(folder, fsync, LIMIT);
    Ticket before = life.hold(60);
    life.settle(life.hold(10), "call-2", 10, 10);
    life.disk.room = fsync == Fsync.ALWAYS ? Long.MAX_VALUE : room;
    life.disk.failSync = fsync == Fsync.ALWAYS;
    life.disk.failTruncate = !truncates;

    assertUnavailable(life.reserve("lost", 30, life.guarded));
    assertThat(life.balance().held()).isEqualTo(60);
    assertUnavailable(life.reserve("huge", 2 * LIMIT, life.guarded));
    assertReplaysToAtMostTheLimit(folder, what + "-refused");
    life.look();
    life.look();
    assertThat(life.told).hasSize(1);

    // It gives 40 back, which nobody gets while a restart would not know of it.
    assertThat(life.settle(before, "call-1", 60, 20)).isEqualTo(Ticket.Ending.ENDED);
    assertThat(life.balance().settled()).isEqualTo(30);
    assertUnavailable(life.reserve("early", 70, life.guarded));
    life.look();
    assertReplaysToAtMostTheLimit(folder, what + "-settled");
    assertThat(life.told).hasSize(1);

    if (crash) {
      Path copy = Folders.copy(folder, temp.resolve("crash-" + what));
      // What was not written is charged what was held.
      assertThat(Life.total(Life.replay(copy).fold())).isBetween(30L, LIMIT);
    }
    life.disk.heal();
    life.look();
    assertThat(life.told).hasSize(2);
    assertThat(life.told.get(1)).isEqualTo("over");
    life.look();
    assertThat(life.told).hasSize(2);
    assertThat(life.reserve("late", 70, life.guarded)).isInstanceOf(Reserved.Held.class);
    assertReplaysToAtMostTheLimit(folder, what + "-healed");
    Path killed = Folders.copy(folder, temp.resolve("killed-" + what));
    Fold fold = Life.replay(killed).fold();
    assertThat(Life.total(fold)).isEqualTo(LIMIT);
    assertThat(fold.held()).containsOnlyKeys("late");
    life.close();
    assertThat(Life.replay(folder).broken()).isEmpty();
    Folders.remove(killed);
  }

  @Test
  void aDiskThatIsFullAfterAnyByteRefusesAndLosesNothing() throws Exception {
    for (int room = 0; room < 300; room += 7) {
      outage(room, true, Fsync.NEVER, room % 5 == 0);
      outage(room, false, Fsync.NEVER, room % 5 == 0);
    }
  }

  @Test
  void whatCannotBeForcedToTheDeviceWasNotWritten() throws Exception {
    outage(0, true, Fsync.ALWAYS, true);
    outage(0, false, Fsync.ALWAYS, true);
  }

  /** Room for one whole line and a part of the next, which cannot be taken back. */
  @Test
  void whatCannotBeCutOffDoesNotCount() {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, Fsync.NEVER, LIMIT)) {
      Ticket first = life.hold(30);
      life.disk.room = 700;
      life.disk.failTruncate = true;
      life.settle(first, "call-1", 30, 25);
      Reserved next = life.reserve("next-0", 1, life.guarded);
      for (int i = 1; next instanceof Reserved.Held held; i++) {
        life.settle(held.ticket(), "next-" + (i - 1), 1, 0);
        next = life.reserve("next-" + i, 1, life.guarded);
      }
      assertUnavailable(next);
      life.disk.heal();
      life.look();
    }
    assertThat(Life.replay(folder).broken()).isEmpty();
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(25);
  }

  @Test
  void anOutageIsToldOnceAndSoIsItsEndByWhatWorksBesideTheCalls() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      life.journal.begin(life.troubles);
      life.disk.room = 10;
      assertUnavailable(life.reserve("lost", 10, life.guarded));
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> life.told.size() == 1);
      assertUnavailable(life.reserve("again", 10, life.guarded));
      life.disk.heal();
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> life.told.size() == 2);
      life.hold(10);

      assertThat(life.told.get(0)).contains("cannot be written", "no space left");
      assertThat(life.told.get(1)).isEqualTo("over");
    }
  }

  @Test
  void settlementsThatCouldNotBeWrittenComeBeforeLaterHolds() throws Exception {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, Fsync.NEVER, LIMIT)) {
      Ticket first = life.hold(50);
      Ticket second = life.hold(50);
      life.disk.room = 0;
      life.settle(second, "call-2", 50, 5);
      life.settle(first, "call-1", 50, 6);
      life.disk.heal();
      assertUnavailable(life.reserve("a", 80, life.guarded)); // nobody has tried yet
      life.look();
      life.hold(80);
    }
    List<String> lines = Folders.lines(folder);
    assertThat(lines).hasSize(6);
    assertThat(lines.get(3)).contains("\"settled\"", "call-2");
    assertThat(lines.get(4)).contains("\"settled\"", "call-1");
    assertThat(lines.get(5)).contains("\"reserved\"", "call-3");
  }

  @Test
  void observingAndFreeCallsPassMeanwhileAndAreWrittenLater() throws Exception {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, Fsync.NEVER, LIMIT)) {
      Ticket unused = life.hold(1);
      life.disk.room = 3;
      assertUnavailable(life.reserve("guarded", 1, life.guarded, life.observed));
      Reserved seen = life.reserve("seen", 1_000, life.observed);
      Reserved free = life.reserve("free", 0, life.guarded);
      assertThat(seen).isInstanceOf(Reserved.Held.class);
      assertThat(free).isInstanceOf(Reserved.Held.class);
      life.settle(((Reserved.Held) seen).ticket(), "seen", 1_000, 900);
      life.disk.heal();
      life.look();
    }
    assertThat(String.join("\n", Folders.lines(folder)))
        .contains("\"seen\"", "\"free\"")
        .doesNotContain("\"id\":\"guarded\"");
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(901);
  }

  @Test
  void theNextFileCannotBeMadeAndTheOneBeforeIsGoneOnWith() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      life.hold(10);
      life.disk.failCreate = true;
      life.now = Life.NOON.plus(Duration.ofDays(1));
      life.hold(10);
      life.look();
      assertThat(life.told).isEmpty();
      life.disk.heal();
      life.hold(10);
    }
    assertThat(Folders.segments(temp.resolve("spend"))).hasSize(2);
    assertThat(Life.total(Life.replay(temp.resolve("spend")).fold())).isEqualTo(30);
  }

  @Test
  void theNextFileCannotBeMadeAndTheOneThatIsFullIsGoneOnWith() {
    Path folder = temp.resolve("spend");
    JournalOptions small = JournalOptions.in(folder).fsync(Fsync.NEVER).segmentBytes(4 << 10);
    try (Life life = new Life(small, Life.budgets(LIMIT))) {
      life.hold(1);
      life.disk.failCreate = true;
      for (int i = 0; i < 20; i++) {
        life.hold(1);
      }
      life.look();
      assertThat(life.told).isEmpty();
      assertThat(Folders.segments(folder)).hasSize(1);
      life.disk.heal();
      life.hold(1);
    }
    assertThat(Folders.segments(folder)).hasSize(2);
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(22);
  }

  @Test
  void aFolderWithoutAnyFileToWriteRefuses() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      life.disk.failCreate = true;
      assertUnavailable(life.reserve("first", 10, life.guarded));
      assertThat(life.balance().held()).isZero();
      life.disk.heal();
      life.look();
      life.hold(10);
    }
    assertThat(Life.total(Life.replay(temp.resolve("spend")).fold())).isEqualTo(10);
  }

  @Test
  void aFileThatCouldNeitherBeBegunNorTakenBackIsInNobodysWayLater() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      life.disk.room = 20;
      life.disk.failDelete = true;
      assertUnavailable(life.reserve("first", 10, life.guarded));
      assertUnavailable(life.reserve("again", 10, life.guarded));
      life.disk.heal();
      life.look();
      life.hold(10);
      assertThat(life.told).hasSize(2);
    }
    assertThat(Life.replay(temp.resolve("spend")).broken()).isEmpty();
    assertThat(Life.total(Life.replay(temp.resolve("spend")).fold())).isEqualTo(10);
  }

  @Test
  void namesThatCannotBeForcedAreAFailureToWrite() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      life.disk.failNames = true;
      assertUnavailable(life.reserve("first", 10, life.guarded));
      life.disk.heal();
      life.look();
      life.hold(10);
    }
    assertThat(Life.total(Life.replay(temp.resolve("spend")).fold())).isEqualTo(10);
  }

  @Test
  void aFolderThatIsTakenAwayIsMadeAnewAndSaid() throws Exception {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, Fsync.NEVER, LIMIT)) {
      Ticket first = life.hold(30);
      Files.move(folder, temp.resolve("elsewhere"));
      life.look();
      assertThat(life.told).singleElement().asString().contains("taken away");
      life.settle(first, "call-1", 30, 20);
      life.hold(80);
      life.look();
      assertThat(life.told).hasSize(1);
    }
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(100);
    assertThat(Life.replay(folder).broken()).isNotEmpty(); // what stood before is missing
  }

  @Test
  void anOutageThatIsOverBeforeAnybodyLookedIsToldToo() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT)) {
      Ticket first = life.hold(30);
      life.disk.room = 0;
      assertUnavailable(life.reserve("lost", 10, life.guarded));
      life.disk.heal();
      life.settle(first, "call-1", 30, 20); // gets through
      life.look();
      assertThat(life.told).hasSize(2);
      assertThat(life.told.get(0)).contains("cannot be written", "no space left");
      life.look();
      assertThat(life.told).hasSize(2);
    }
  }

  @Test
  void linesThatAreWrittenDoNotHideThatNothingIsForcedToTheDevice() {
    try (Life life = new Life(temp.resolve("spend"), Fsync.INTERVAL, LIMIT)) {
      life.hold(10);
      life.disk.failSync = true;
      life.journal.sync();
      life.look();
      assertThat(life.told).hasSize(1);
      assertUnavailable(life.reserve("refused", 10, life.guarded));
      life.look();
      assertThat(life.told).hasSize(1);
      life.disk.heal();
      life.journal.sync();
      life.look();
      assertThat(life.told).hasSize(2);
      life.hold(10);
    }
  }

  @Test
  void afterCloseNothingIsKeptAndFreeCallsStillPass() {
    Life life = new Life(temp.resolve("spend"), Fsync.NEVER, LIMIT);
    Ticket open = life.hold(30);
    life.close();

    assertUnavailable(life.reserve("guarded", 1, life.guarded));
    assertThat(life.reserve("free", 0, life.guarded)).isInstanceOf(Reserved.Held.class);
    life.settle(open, "call-1", 30, 20);

    assertThat(life.balance().settled()).isEqualTo(20);
    assertThat(Life.total(Life.replay(temp.resolve("spend")).fold())).isEqualTo(30);
  }

  @Test
  void aJournalThatCannotBeWrittenWhenItIsClosedGivesItsFolderBack() {
    Path folder = temp.resolve("spend");
    Life life = new Life(folder, Fsync.NEVER, LIMIT);
    Ticket open = life.hold(30);
    life.disk.room = 0;
    life.disk.failSync = true;
    life.settle(open, "call-1", 30, 20);
    life.journal.close();

    try (Life next = new Life(folder, Fsync.NEVER, LIMIT)) {
      assertThat(next.journal.report().orphanedNanoUsd()).isEqualTo(30);
    }
  }

  @Test
  void aFolderThatIsNoFolderSaysSo() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "no folder");
    for (Path folder : List.of(file, file.resolve("spend"))) {
      assertThatThrownBy(() -> new Life(folder, Fsync.NEVER, LIMIT))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContainingAll("journal: ", "cannot be read and written");
    }
  }
}
