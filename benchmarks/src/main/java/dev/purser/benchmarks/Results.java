package dev.purser.benchmarks;

import static dev.purser.benchmarks.ResultsPage.number;

import dev.purser.benchmarks.OverheadCalls.Way;
import dev.purser.benchmarks.Scores.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures everything and writes the page: {@code ./bench}, or {@code ./bench --long}. Its two arguments are
 * where the page goes, and a folder for journals.
 */
public final class Results {

  private static final String TIMES = " ×";
  private static final double MICRO = 1_000;
  private static final int FIVE = 5;

  /** How long what is measured takes to be compiled, in the short form: a little code, and much. */
  private static final TimeValue SOON = TimeValue.milliseconds(250);

  private static final TimeValue LATE = TimeValue.milliseconds(1_000);

  private final boolean quick;
  private final Path folder;
  private final ResultsPage page = new ResultsPage();
  private final Scores scores;

  private Results(boolean quick, Path folder) {
    this.quick = quick;
    this.folder = folder;
    scores = new Scores(quick);
  }

  /** Measures and writes. */
  public static void main(String[] args) throws Exception {
    boolean quick = !args[0].equals("long");
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[2])), "results");
    try {
      Results results = new Results(quick, folder);
      results.ledger();
      results.call();
      results.request();
      results.answer();
      results.price();
      results.journal();
      results.memory();
      results.overhead();
      Files.writeString(Path.of(args[1]), results.page.render(results.head()));
    } finally {
      JournalReport.delete(folder);
    }
  }

  private String head() throws IOException {
    return """
        # Results

        Written by `%s` on %s; no number here was typed. %s, %d processors, %s, Java %s (%s).
        Rivals: Bucket4j %s, Resilience4j %s, Guava %s, Jackson %s, OkHttp %s.

        Ratios are of one run; times are medians %s, and mean little on another machine.
        """.formatted(
            quick ? "./bench" : "./bench --long",
            LocalDate.now(ZoneOffset.UTC),
            Machine.processor(),
            Runtime.getRuntime().availableProcessors(),
            Machine.system(),
            Runtime.version(),
            System.getProperty("java.vm.name"),
            Machine.version("bucket4j_jdk17-core"),
            Machine.version("resilience4j-ratelimiter"),
            Machine.version("guava"),
            Machine.version("jackson-core"),
            Machine.version("okhttp"),
            quick ? "over two forks of JMH" : "over three forks of JMH");
  }

  private void ledger() throws Exception {
    scores.run(LedgerBenchmark.class, SOON).run(ContendedBenchmark.class, SOON);
    page.section("A ledger", """
        A worst case is held on so many accounts and the call settled. The floor is a compare-and-set to take and an atomic add to give back
        for each account. The limiters of Resilience4j and Guava give nothing back: they cannot know what a call used.
        """)
        .table("one thread", "1 account", "5 accounts", "20 accounts", "× floor, 5", "bytes, 5");
    for (String each :
        List.of("floor", "purser", "purserRolling", "bucket4j", "resilience4j", "guava")) {
      Score five = scores.of(LedgerBenchmark.class, each, FIVE);
      page.row(
          words(each),
          nanos(scores.of(LedgerBenchmark.class, each, 1)),
          nanos(five),
          nanos(scores.of(LedgerBenchmark.class, each, 20)),
          number(five.over(scores.of(LedgerBenchmark.class, "floor", FIVE))),
          number(five.bytes()));
    }
    Score floor = scores.of(LedgerBenchmark.class, "floor", FIVE);
    Score ours = scores.of(LedgerBenchmark.class, "purser", FIVE);
    Score bucket = scores.of(LedgerBenchmark.class, "bucket4j", FIVE);
    page.atMost("ledger, 5 accounts, over the floor", ours.over(floor), 1.8, TIMES)
        .atLeast("ledger, 5 accounts, Bucket4j over it", bucket.over(ours), 4, TIMES)
        .atMost("ledger, 5 accounts, allocated", ours.bytes(), 64, " B")
        .atMost(
            "ledger, one of 5 rolls, over the floor",
            scores.of(LedgerBenchmark.class, "purserRolling", FIVE).over(floor),
            2.2,
            TIMES);
    page.table("one account", "2 threads", "8 threads", "× floor, 2", "× floor, 8");
    for (String each : List.of("floor", "purser", "bucket4j", "resilience4j", "guava")) {
      Score two = scores.of(ContendedBenchmark.class, each + "Two");
      Score eight = scores.of(ContendedBenchmark.class, each + "Eight");
      page.row(
          words(each),
          nanos(two),
          nanos(eight),
          number(two.over(scores.of(ContendedBenchmark.class, "floorTwo"))),
          number(eight.over(scores.of(ContendedBenchmark.class, "floorEight"))));
    }
    for (String threads : List.of("Two", "Eight")) {
      Score contended = scores.of(ContendedBenchmark.class, "purser" + threads);
      String what = threads.equals("Two") ? "2 threads on one account" : "8 threads on one account";
      page.atMost(
              what + ", over the floor",
              contended.over(scores.of(ContendedBenchmark.class, "floor" + threads)),
              2,
              TIMES)
          .atLeast(
              what + ", Bucket4j over it",
              scores.of(ContendedBenchmark.class, "bucket4j" + threads).over(contended),
              1,
              TIMES);
    }
  }

  private static String words(String method) {
    return switch (method) {
      case "purser" -> "**Purser**";
      case "purserRolling" -> "**Purser**, one account rolls";
      case "bucket4j" -> "Bucket4j";
      case "resilience4j" -> "Resilience4j, nothing given back";
      case "guava" -> "Guava, nothing given back";
      default -> method;
    };
  }

  private static String nanos(Score score) {
    return number(score.nanos()) + " ns";
  }

  private void call() throws Exception {
    scores.run(CallBenchmark.class, LATE);
    Score floor = scores.of(CallBenchmark.class, "floor");
    page.section("A call but for the wire", """
        Attribution, price, worst case, five accounts, settlement and record, without looking into a request; the sink does nothing.
        """).table("", "time", "× floor", "bytes");
    for (String each : List.of("floor", "purser", "purserRolling")) {
      Score score = scores.of(CallBenchmark.class, each);
      page.row(words(each), nanos(score), number(score.over(floor)), number(score.bytes()));
    }
    Score ours = scores.of(CallBenchmark.class, "purser");
    page.atMost("a call but for the wire, over the floor", ours.over(floor), 5, TIMES)
        .atMost("a call but for the wire, allocated", ours.bytes(), 320, " B");
  }

  private void request() throws Exception {
    scores.run(RequestBenchmark.class, LATE);
    page.section("Requests", """
        A chat request is looked into (what is called, what its model is to read), and its cap edited, beside a pass of Jackson's over the
        tokens, of which nothing is kept, and beside a tree.
        """)
        .table(
            "",
            "1 KB",
            "32 KB",
            "1 MB",
            "× tokens, 1 KB",
            "× tokens, 32 KB",
            "× tokens, 1 MB",
            "bytes, 32 KB");
    List<Integer> sizes = List.of(1, 32, 1024);
    Map<String, String> kinds = Map.of(
        "purser", "**Purser**",
        "purserEdit", "**Purser**, with an edit",
        "jacksonTokens", "Jackson, tokens alone",
        "jacksonTree", "Jackson, a tree");
    for (String each : List.of("purser", "purserEdit", "jacksonTokens", "jacksonTree")) {
      String[] cells = new String[8];
      cells[0] = Objects.requireNonNull(kinds.get(each));
      for (int i = 0; i < sizes.size(); i++) {
        Score score = scores.of(RequestBenchmark.class, each, sizes.get(i));
        cells[1 + i] = number(score.nanos() / MICRO) + " µs";
        cells[4 + i] =
            number(score.over(scores.of(RequestBenchmark.class, "jacksonTokens", sizes.get(i))));
      }
      cells[7] = number(scores.of(RequestBenchmark.class, each, 32).bytes());
      page.row(cells);
    }
    for (int size : List.of(32, 1024)) {
      Score ours = scores.of(RequestBenchmark.class, "purser", size);
      Score edit = scores.of(RequestBenchmark.class, "purserEdit", size);
      String what = size == 32 ? "request of 32 KB" : "request of 1 MB";
      page.atLeast(
              what + ", tokens of Jackson over it",
              scores.of(RequestBenchmark.class, "jacksonTokens", size).over(ours),
              3,
              TIMES)
          .atMost(
              what + ", an edit allocates of the body",
              (edit.bytes() - ours.bytes()) / (size * 1024.0),
              1.1,
              TIMES);
    }
  }

  private void answer() throws Exception {
    scores.run(AnswerBenchmark.class, LATE);
    page.section("Answers", """
        Answers are metered on their way, beside copying their bytes alone; an operation is a chunk of a stream of a hundred, or an answer of
        2 KB in one piece. What is allocated for a whole stream is spread over its chunks.
        """).table("", "copied", "metered", "ratio", "bytes");
    answer("a chunk that is an event of 200 bytes", "WholeChunks", 2.5);
    answer("a chunk that ends anywhere", "OddChunks", 4);
    answer("an answer in one piece", "Json", 2);
  }

  private void answer(String what, String method, double goal) {
    Score copy = scores.of(AnswerBenchmark.class, "copy" + method);
    Score ours = scores.of(AnswerBenchmark.class, "purser" + method);
    page.row(what, nanos(copy), nanos(ours), number(ours.over(copy)), number(ours.bytes()))
        .atMost(what + ", over a copy", ours.over(copy), goal, TIMES);
  }

  private void price() throws Exception {
    scores.run(PriceBenchmark.class, SOON);
    page.section("Prices", "What it takes to find a price, and to compute what a call costs by it.")
        .table("", "time", "bytes");
    Map<String, String> kinds = Map.of(
        "quote", "**Purser**, a quote",
        "cost", "**Purser**, a cost",
        "costInBigDecimals", "`BigDecimal`, a cost");
    for (String each : List.of("quote", "cost", "costInBigDecimals")) {
      Score score = scores.of(PriceBenchmark.class, each);
      page.row(Objects.requireNonNull(kinds.get(each)), nanos(score), number(score.bytes()));
    }
  }

  private void journal() throws Exception {
    System.err.println("journal ...");
    JournalReport.Found found = JournalReport.measure(folder, quick ? 7 : 31);
    page.section("The journal", """
        A call over five accounts, its two lines written and not forced to the disk, beside two raw appends of 300 bytes; and with each
        line forced. Medians of rounds in which every kind had its turn.
        """)
        .table("", "ratio")
        .row("a call without a journal / two raw appends", number(found.bare()))
        .row("a call with a journal / two raw appends", number(found.journaled()))
        .row("throughput of 8 threads / of 1, not forced", number(found.eight()))
        .row("throughput of 8 threads / of 1, forced", number(found.eightForced()));
    page.atMost("a journaled call over two raw appends", found.journaled(), 1.8, TIMES)
        .atLeast("8 threads over 1, each line forced", found.eightForced(), 2, TIMES);
  }

  private void memory() {
    System.err.println("memory ...");
    int accounts = quick ? 20_000 : 100_000;
    page.section("Memory", "What a ledger retains for an account, by JOL; keys of 36 characters.")
        .table("account", "bytes");
    FootprintReport.rows(accounts).forEach((name, bytes) -> page.row(name, number(bytes)));
  }

  private void overhead() throws Exception {
    System.err.println("overhead ...");
    int calls = quick ? 2_000 : 20_000;
    int slowCalls = quick ? 100 : 1_000;
    int rounds = quick ? 7 : 31;
    page.section("End to end", """
        Real OkHttp over loopback to a server that does as little as one can; the ways take turns call by call. "Once more" is
        what the run cannot tell apart, "ten microseconds of work" whether it sees what is there.
        """);
    try (Upstream upstream = new Upstream()) {
      Overhead overhead = new Overhead(upstream, folder);
      overhead.warmUp();
      oneByOne(overhead.oneByOne(1024, false, 0, calls), "1 KB, JSON", 15);
      oneByOne(overhead.oneByOne(32 * 1024, false, 0, calls), "32 KB, JSON", 30);
      oneByOne(overhead.oneByOne(1024, true, 0, calls), "1 KB, SSE of 50 events", 0);
      oneByOne(overhead.oneByOne(32 * 1024, true, 0, calls), "32 KB, SSE of 50 events", 0);
      oneByOne(overhead.oneByOne(1024, false, 20, slowCalls), "1 KB, JSON after 20 ms", 0);
      oneByOne(overhead.oneByOne(32 * 1024, true, 20, slowCalls), "32 KB, SSE after 20 ms", 0);
      page.table(
          "throughput of 32 callers over OkHttp alone",
          "once more",
          "ten µs of work",
          "**Purser**",
          "**and a journal**");
      together(overhead.together(1024, false, rounds), "1 KB, JSON", 0.9);
      together(overhead.together(32 * 1024, false, rounds), "32 KB, JSON", 0.8);
      together(overhead.together(1024, true, rounds), "1 KB, SSE", 0.8);
    }
  }

  private void oneByOne(Map<Way, Overhead.Times> found, String what, double goalMicros) {
    Overhead.Times bare = times(found, Way.BARE);
    page.table(what, "to the first byte", "p50", "p99", "added at p50");
    for (Way way : Way.values()) {
      Overhead.Times times = times(found, way);
      page.row(
          way.words,
          micros(times.first()),
          micros(times.median()),
          micros(times.tail()),
          micros(times.median() - bare.median()));
    }
    double added = (times(found, Way.PURSER).median() - bare.median()) / MICRO;
    if (goalMicros > 0) {
      page.atMost(what + ", added at p50", added, goalMicros, " µs");
      double journal =
          (times(found, Way.JOURNAL).median() - times(found, Way.PURSER).median()) / MICRO;
      page.atMost(what + ", the journal adds", journal, 12, " µs");
    } else {
      page.atMost(
          what + ", to the first byte over OkHttp alone",
          times(found, Way.PURSER).first() / bare.first(),
          1.1,
          TIMES);
    }
  }

  private static Overhead.Times times(Map<Way, Overhead.Times> found, Way way) {
    return Objects.requireNonNull(found.get(way));
  }

  private static String micros(double nanos) {
    return number(nanos / MICRO) + " µs";
  }

  private void together(Map<Way, Double> found, String what, double goal) {
    page.row(
            what,
            share(found, Way.BARE_AGAIN),
            share(found, Way.SPIN),
            share(found, Way.PURSER),
            share(found, Way.JOURNAL))
        .atLeast(
            "32 callers, " + what + ", throughput of bare",
            Objects.requireNonNull(found.get(Way.PURSER)),
            goal,
            TIMES);
  }

  private static String share(Map<Way, Double> found, Way way) {
    return number(Objects.requireNonNull(found.get(way)));
  }
}
