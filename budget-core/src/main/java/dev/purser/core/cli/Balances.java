package dev.purser.core.cli;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.config.ConfigurationText;
import dev.purser.core.emit.JsonLinesReader;
import dev.purser.core.emit.JsonLinesReader.Charge;
import dev.purser.core.emit.JsonLinesReader.Contents;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds up records under the budgets of a file, as a guard would have counted them that ran all the
 * while: same accounts, same windows. What a guard was told otherwise while it ran, such as a grant, is
 * not in it.
 */
record Balances(PrintStream out, PrintStream err) {

  /** How many lines that cannot be read are told one by one. */
  private static final int MOST_TOLD = 10;

  private record Line(Account account, Balance balance) {
    double use() {
      return balance.limit() == 0 ? 0 : (double) balance.settled() / balance.limit();
    }
  }

  int run(List<String> words, Instant now) {
    Arguments arguments = Arguments.of(words, List.of("--config", "--records"));
    arguments.noName();
    Path config = arguments.required("--config");
    Path records = arguments.required("--records");
    List<Budget> budgets = ConfigurationText.of(config).configuration().budgets().stream()
        .filter(budget -> budget.measure() != Measure.CONCURRENT_CALLS)
        .toList();
    AtomicLong unreadable = new AtomicLong();
    Contents contents = read(records, unreadable);
    if (unreadable.get() > 0 && contents.records() == 0) {
      throw Refused.because("no line of " + records
          + " can be read; is it the file that a guard wrote its records to?");
    }
    List<Charge> charges = contents.charges();
    InMemoryLedger ledger = charged(budgets, charges);
    int unused = ledger.sweep(now);
    Table table = new Table("BUDGET", "ACCOUNT", "LIMIT", "SPENT", "REMAINING", "USED", "RESETS");
    ledger.accounts().stream()
        .map(account -> new Line(account, ledger.balance(account, now)))
        .sorted(Comparator.comparingDouble(Line::use)
            .reversed()
            .thenComparing(line -> line.account().budget().name())
            .thenComparing(line -> line.account().scope()))
        .forEach(line -> row(table, line));
    table.print(out);
    out.println();
    out.println(charges.size() + " charged calls in " + records
        + (unreadable.get() == 0 ? "" : "; " + unreadable + " lines could not be read"));
    return 0;
  }

  private Contents read(Path records, AtomicLong unreadable) {
    try {
      Contents contents = JsonLinesReader.read(records, (file, line, why) -> {
        if (unreadable.incrementAndGet() <= MOST_TOLD) {
          err.println(file + ":" + line + ": left out: " + why);
        }
      });
      if (unreadable.get() > MOST_TOLD) {
        err.println(records + ": left out: " + (unreadable.get() - MOST_TOLD) + " more");
      }
      return contents;
    } catch (IOException e) {
      throw Refused.because(records + " cannot be read: " + e);
    }
  }

  private static InMemoryLedger charged(List<Budget> budgets, List<Charge> charges) {
    InMemoryLedger ledger = new InMemoryLedger();
    BudgetBook book = new BudgetBook(budgets, ledger, budget -> {}, session -> {});
    for (Charge charge : charges) {
      for (Account account : book.covering(charge.who(), charge.model(), charge.at())) {
        ledger.charge(account, charge.amounts(), charge.at());
      }
    }
    return ledger;
  }

  private static void row(Table table, Line line) {
    Budget budget = line.account().budget();
    Balance balance = line.balance();
    table.row(
        budget.name(),
        line.account().scope().isEmpty() ? "-" : line.account().scope(),
        budget.amount(balance.limit()),
        budget.amount(balance.settled()),
        budget.amount(balance.remaining()),
        (long) (line.use() * 100) + "%",
        resets(budget, balance.resetsAt()));
  }

  private static String resets(Budget budget, Instant at) {
    return at.equals(Instant.MAX)
        ? "never"
        : OffsetDateTime.ofInstant(at, Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC))
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
  }
}
