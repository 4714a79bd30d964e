package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that was cut or changed anywhere opens, and says so. */
class DamagedJournalTest {

  private static final int SIZE = 64 << 10;
  private static final int FLIPS = Integer.getInteger("purser.journal.flips", 1_000);
  private static final int STEP = Integer.getInteger("purser.journal.step", 97);

  @TempDir
  Path temp;

  private byte[] whole;
  private String name;
  private int opened;

  @BeforeEach
  void write() throws IOException {
    Path folder = temp.resolve("whole");
    SampleJournal.write(folder, 80, 1 << 30);
    Path segment = SampleJournal.segment(folder);
    name = segment.getFileName().toString();
    whole = Files.readAllBytes(segment);
    assertThat(whole.length).isBetween(SIZE / 2, 2 * SIZE);
  }

  private record Opened(Recovered found, List<String> broken) {}

  private Opened open(byte[] segment) throws IOException {
    return open(name, segment);
  }

  private Opened open(String as, byte[] segment) throws IOException {
    Path folder = temp.resolve("damaged-" + opened++);
    Files.createDirectories(folder);
    Files.write(folder.resolve(as), segment);
    try (Journal journal = SampleJournal.open(folder)) {
      return new Opened(
          journal.takeRecovered(),
          journal.report().broken().stream().map(Object::toString).toList());
    }
  }

  /** Returns what the whole lines before a place come to, counted without any code of the journal. */
  private static long spentIn(byte[] segment, int length) {
    long sum = 0;
    for (String line : new String(segment, 0, length, StandardCharsets.UTF_8).split("\n", -1)) {
      int at = line.indexOf("\"spent_nano_usd\":");
      if (at >= 0 && line.endsWith("\"}")) {
        sum += Long.parseLong(line.substring(at + 17, line.indexOf(',', at)));
      }
    }
    return sum;
  }

  @Test
  void everyPrefixOpensAndChargesWhatItsLinesSay() throws IOException {
    for (int length = 0;
        length <= whole.length;
        length += length > whole.length - 2_000 ? 1 : STEP) {
      Opened opened = open(Arrays.copyOf(whole, length));
      boolean cut = length > 0 && whole[length - 1] != '\n';
      assertThat(opened.broken()).as("%d bytes", length).hasSize(cut ? 1 : 0);
      long open = opened.found().orphaned().stream()
          .mapToLong(call -> call.amounts().nanoUsd())
          .sum();
      assertThat(SampleJournal.charged(opened.found()))
          .as("%d bytes", length)
          .isEqualTo(spentIn(whole, lastLineEnd(length)) + open);
    }
  }

  private int lastLineEnd(int length) {
    int end = length;
    while (end > 0 && whole[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    long all = SampleJournal.charged(open(whole).found());
    Random random = new Random(42);
    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = whole.clone();
      int at = random.nextInt(flipped.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Opened opened = open(flipped);
      assertThat(opened.broken()).as("flipped at %d", at).isNotEmpty();
      // A line end that is gone costs two lines, and they may be all that was written of a call.
      assertThat(SampleJournal.charged(opened.found()))
          .as("flipped at %d", at)
          .isGreaterThanOrEqualTo(all - dearest());
    }
  }

  /** Returns what was held for the dearest call. */
  private long dearest() {
    return Pattern.compile("\"reserved_nano_usd\":(\\d+)")
        .matcher(new String(whole, StandardCharsets.UTF_8))
        .results()
        .mapToLong(held -> Long.parseLong(held.group(1)))
        .max()
        .orElseThrow();
  }

  @Test
  void aBrokenEndingIsChargedWhatWasHeld() throws IOException {
    List<String> lines =
        new ArrayList<>(List.of(new String(whole, StandardCharsets.UTF_8).split("\n")));
    int settled = 0;
    while (!lines.get(settled).contains("\"event\":\"settled\"")) {
      settled++;
    }
    String line = lines.get(settled);
    lines.set(settled, line.replace("\"settled\"", "\"sottled\""));
    Opened opened = open(String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8));

    assertThat(opened.broken()).hasSize(2); // and the line after it misses one before
    assertThat(opened.found().orphaned())
        .anySatisfy(call -> assertThat(line).contains("\"" + call.id() + "\""));
  }

  @Test
  void nonsenseIsSetAside() throws IOException {
    List<byte[]> nonsense = List.of(
        new byte[10_000],
        "not JSON".getBytes(StandardCharsets.UTF_8),
        "{}".getBytes(StandardCharsets.UTF_8),
        "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
        new byte[] {(byte) 0xff, (byte) 0xfe, 0, '"'},
        framed("{\"v\":2,\"event\":\"settled\""),
        framed("{\"v\":1,\"event\":\"settled\""),
        framed("{\"v\":1,\"event\":\"settled\",\"id\":7,\"cost_nano_usd\":-1"),
        framed("{\"v\":1,\"event\":\"reserved\",\"time\":\"yesterday\""),
        framed("{\"v\":1,\"event\":\"alert\",\"kind\":\"no such\""),
        framed("{\"v\":1,\"event\":\"grant\",\"action\":\"granted\",\"subject\":\"x\""));
    for (byte[] line : nonsense) {
      byte[] all = Arrays.copyOf(whole, whole.length + line.length + 1);
      System.arraycopy(line, 0, all, whole.length, line.length);
      all[all.length - 1] = '\n';
      Opened opened = open(all);
      assertThat(opened.broken())
          .as(new String(line, 0, Math.min(60, line.length), StandardCharsets.UTF_8))
          .isNotEmpty();
      assertThat(SampleJournal.charged(opened.found()))
          .isEqualTo(SampleJournal.charged(open(whole).found()));
    }
  }

  private byte[] framed(String open) {
    byte[] text = open.getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(text, text.length + Frame.MOST);
    long last = new String(whole, StandardCharsets.UTF_8).lines().count();
    int length = Frame.close(line, 0, text.length, last + 1, new CRC32C());
    return Arrays.copyOf(line, length - 1);
  }

  @Test
  void aCompressedFileThatWasChangedAnywhereIsFound() throws IOException {
    Path folder = temp.resolve("compressed");
    SampleJournal.write(folder, 80, 1 << 30);
    new Archive(new Folder(folder), Disk.REAL, JournalOptions.in(folder), SampleJournal.CLOCK)
        .tidy(1, SampleJournal.BUDGETS);
    Path zipped = SampleJournal.segment(folder);
    byte[] bytes = Files.readAllBytes(zipped);
    String as = zipped.getFileName().toString();
    assertThat(as).endsWith(".jsonl.gz");
    assertThat(open(as, bytes).broken()).isEmpty();
    for (int at = 0; at < bytes.length; at += at < 32 || at > bytes.length - 32 ? 1 : 41) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      assertThat(open(as, flipped).broken()).as("flipped at %d", at).isNotEmpty();
      assertThat(open(as, Arrays.copyOf(bytes, at)).broken())
          .as("cut at %d", at)
          .isNotEmpty();
    }
  }
}
