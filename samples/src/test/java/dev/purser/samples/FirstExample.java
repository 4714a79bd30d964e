package dev.purser.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.samples.ContractLines.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The README's first example as a process: it makes one call, and says what was spent before and after. */
final class FirstExample {

  private FirstExample() {}

  public static void main(String[] args) {
    try (Purser purser = ContractLines.budgets()) {
      String before = spent(purser);
      ContractLines.byHand(
          purser, question -> new Answer("42", Usage.ofTokens(1_000, 200)), "why?");
      System.out.println("spent " + before + ", then " + spent(purser));
    }
  }

  private static String spent(Purser purser) {
    return "$"
        + Usd.ofNanos(purser.balances().ofBudget("AI coding").stream()
            .mapToLong(account -> account.spent())
            .sum());
  }

  /** Runs it in a folder; returns what it prints. */
  static String run(Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FirstExample.class.getName())
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("it did not end");
    }
    return Files.readString(out, UTF_8).strip();
  }
}
