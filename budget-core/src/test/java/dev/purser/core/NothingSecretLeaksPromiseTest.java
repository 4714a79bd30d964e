package dev.purser.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 8: neither credentials nor prompts reach records, alerts, exceptions or toString. */
class NothingSecretLeaksPromiseTest {

  private static final String SECRET = "sk-proj-THIS-IS-SECRET";
  private static final String PROMPT = "the patient is called Jane Roe";

  @Test
  void nothingThatLeavesTheLibraryHoldsTheCredentialOrThePrompt(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("records.jsonl");
    PrintStream err = System.err;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    System.setErr(new PrintStream(logged, true, UTF_8));
    List<String> shown = new CopyOnWriteArrayList<>();
    try (Purser purser = Purser.builder()
        .owner("dana")
        .budget(Budget.total("per key", Usd.of("0.0003")).per(Dimension.KEY))
        .jsonLines(file)
        .sink(record -> shown.add(record.toString()))
        .alertSink(alert -> shown.add(alert.toString()))
        .estimator((model, prompt) -> {
          throw new IllegalStateException("cannot count " + prompt.texts() + SECRET);
        })
        .build()) {
      CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
          .prompt(Prompt.ofText(PROMPT))
          .credential(Credential.of(SECRET))
          .outputCap(1)
          .build();
      shown.add(intent.toString());
      Reservation held = purser.admit(intent).orThrow();
      shown.add(held.toString());
      held.settle(Usage.ofTokens(10, 1));
      Admission refused = purser.admit(intent);
      shown.add(refused.toString());
      try {
        refused.orThrow();
      } catch (BudgetExceededException e) {
        shown.add(e.toString());
        shown.add(e.refusal().token());
      }
      purser.admit(intent);
    }

    System.setErr(err);
    String log = logged.toString(UTF_8);
    assertThat(log).contains("estimator failed");

    List<String> all = new ArrayList<>(shown);
    all.add(log);
    all.addAll(Files.readAllLines(file));
    assertThat(all).hasSizeGreaterThan(7);
    assertThat(all)
        .allSatisfy(text -> assertThat(text).doesNotContain("SECRET").doesNotContain("Jane"));
  }
}
