package dev.purser.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancesCommandTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("bob").tag("repo", "a,b");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final InMemoryLedger ledger = new InMemoryLedger();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private Path config;
  private Path records;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws Exception {
    records = folder.resolve("records.jsonl");
    config = Files.writeString(folder.resolve("purser.yaml"), """
        owner: dana
        zone: America/Los_Angeles
        budgets:
          - {name: day, limit: $1, window: day, per: key}
          - {name: hour, limit: $2, window: 1h}
          - {name: tokens, limit: 400k, measure: output-tokens, window: month, per: [team, tag:repo]}
          - {name: requests, limit: 10, measure: requests, window: total, only: {model: gpt-4o}}
          - {name: session, limit: $5, window: week, per: session}
          - {name: slots, limit: 3, measure: concurrent-calls}
          - {name: next, limit: $1, window: 2027-01-01/2027-01-31, outside: pass}
        """);
  }

  private Purser purser() {
    return Purser.builder()
        .configuration(config)
        .ledger(ledger)
        .clock(() -> now)
        .jsonLines(records)
        .build();
  }

  /** A call that costs $0.01 for each 1,000 tokens that it writes, and nothing to read. */
  private static Reservation hold(Purser purser, Attribution who, long output) {
    return purser
        .admit(CallIntent.builder(ModelId.of("openai", "gpt-4o"))
            .prompt(Prompt.EMPTY)
            .outputCap(output)
            .attribution(who)
            .build())
        .orThrow();
  }

  private static void spend(Purser purser, Attribution who, long output) {
    hold(purser, who, output).settle(Usage.ofTokens(0, output));
  }

  private void forward(Duration time) {
    now = now.plus(time);
  }

  private int run() {
    return Main.run(
        List.of("balances", "--config", config.toString(), "--records", records.toString()),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        () -> now);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  @Test
  void recordsAddUpToWhatTheGuardCounted() throws Exception {
    try (Purser purser = purser()) {
      spend(purser, ALICE, 70_000);
      forward(Duration.ofHours(20)); // another day in Los Angeles
      spend(purser, ALICE.session("top"), 30_000);
      hold(purser, BOB, 90_000).release();
      spend(purser, BOB, 10_000);
      Reservation cut = hold(purser, ALICE, 50_000);
      cut.abandon(AbandonReason.CLOSED_EARLY);
      Reservation corrected = hold(purser, ALICE, 9_000);
      corrected.abandon(AbandonReason.CLOSED_EARLY);
      corrected.settle(Usage.ofTokens(0, 333));
      spend(purser, ALICE.session("leaf").ancestors(List.of("middle", "root")), 1_000);
      purser.keys().mint(VirtualKey.named("ci"), "dana");
      purser.unmetered(new UnmeteredCall("openai", "POST x", ALICE, null, "why"));
    }

    assertThat(run()).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    List<String> lines =
        out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList();
    for (Account account : ledger.accounts()) {
      Balance balance = ledger.balance(account, now);
      Budget budget = account.budget();
      if (balance.settled() > 0) {
        assertThat(lines)
            .anyMatch(line -> line.startsWith(String.join(
                "|",
                budget.name(),
                account.scope().isEmpty() ? "-" : account.scope(),
                budget.amount(balance.limit()),
                budget.amount(balance.settled()),
                budget.amount(balance.remaining()),
                "")));
      }
    }
    assertThat(lines)
        .hasSize(14)
        .startsWith(
            "BUDGET|ACCOUNT|LIMIT|SPENT|REMAINING|USED|RESETS",
            "day|key=alice|$1.00|$0.81333|$0.18667|81%|2026-11-25T00:00-08:00",
            "requests|-|10 requests|6 requests|4 requests|60%|never",
            "hour|-|$2.00|$0.91333|$1.08667|45%|2026-11-24T01:01-08:00")
        .contains("session|session=middle|$5.00|$0.01|$4.99|0%|2026-11-30T00:00-08:00")
        .endsWith("", "6 charged calls in " + records);
    forward(Duration.ofDays(1));
    out.reset();
    run();
    assertThat(out().lines()).noneMatch(line -> line.startsWith("day") || line.startsWith("hour"));
  }

  @Test
  void linesThatAreNoRecordsAreToldAndLeftOut() throws Exception {
    try (Purser purser = purser()) {
      spend(purser, ALICE, 70_000);
    }
    String good = Files.readString(records);
    Files.write(
        records,
        List.of(
            "",
            "{\"id\":\"c-2\",\"outcome\":\"settled\",\"started_at\":\"2026-1",
            "OPENAI_API_KEY=sk-secret",
            good.strip() + good.strip(),
            "[1]",
            "{\"event\":\"settled\"}",
            good.strip().replace("settled", "sk-secret"),
            good.strip().replaceAll("started_at\":\"[^\"]*", "started_at\":\"sk-secret"),
            good.strip().replace("output_tokens\":70000", "output_tokens\":\"many\""),
            good.strip().replace("output_tokens\":70000", "output_tokens\":-1"),
            good.strip().replaceAll("cost_nano_usd\":[0-9]*", "cost_nano_usd\":-1"),
            good.strip().replace("alice", " ")),
        StandardOpenOption.APPEND);
    Files.write(records, new byte[] {'{', (byte) 0xc3, '\n'}, StandardOpenOption.APPEND);

    assertThat(run()).isZero();

    assertThat(out())
        .contains("$0.70")
        .endsWith("1 charged calls in " + records + "; 12 lines could not be read\n");
    assertThat(err.toString(UTF_8).lines())
        .hasSize(11)
        .allMatch(line -> line.startsWith(records + ":"))
        .contains(
            records + ": left out: 2 more",
            records + ":3: left out: not JSON",
            records + ":7: left out: no record: id is missing or cannot be read",
            records + ":8: left out: no record: event is missing or cannot be read");
    assertThat(err.toString(UTF_8)).doesNotContain("sk-secret");
  }

  @Test
  void aFileOfWhichNoLineIsARecordIsAFailure() throws Exception {
    Files.writeString(records, "\nOPENAI_API_KEY=sk-secret\n".repeat(1000));

    assertThat(run()).isEqualTo(1);

    assertThat(out()).isEmpty();
    assertThat(err.toString(UTF_8).lines())
        .hasSize(12)
        .startsWith(records + ":2: left out: not JSON")
        .endsWith(
            records + ": left out: 990 more",
            "purser: no line of " + records
                + " can be read; is it the file that a guard wrote its records to?");
  }

  @Test
  void aFileWithoutChargesIsNoFailure() throws Exception {
    Files.writeString(records, "\n\n");
    assertThat(run()).isZero();
    Files.writeString(records, "{\"event\":\"freeze\"}\nno record\n");
    assertThat(run()).isZero();
    assertThat(out()).contains("0 charged calls", "1 lines could not be read");
  }

  @Test
  void aFileThatCannotBeReadIsAFailure() {
    assertThat(run()).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("purser: " + records + " cannot be read: ");
  }
}
