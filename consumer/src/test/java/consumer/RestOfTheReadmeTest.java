package consumer;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.api.Dimension.MODEL;
import static dev.purser.api.Dimension.SESSION;
import static dev.purser.api.Dimension.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.ModelId;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other examples of the README. */
class RestOfTheReadmeTest {

  @TempDir
  Path folder;

  private static CallIntent intent() {
    return CallIntent.builder(ModelId.of("openai", "gpt-4o")).outputCap(7).build();
  }

  private interface Agent {
    void run();
  }

  private record Logging(List<String> lines) {
    void info(String text, Object argument) {
      lines.add(text.replace("{}", argument.toString()));
    }
  }

  private record Answer(Usage usage) {}

  private interface Client {
    Answer call(String question);
  }

  @Test
  void aFileConfigures() throws Exception {
    Path file = folder.resolve("purser.yaml");
    String readme = Files.readString(Path.of(System.getProperty("readme")));
    int begin = readme.indexOf("owner: dana@acme.dev");
    Files.writeString(file, readme.substring(begin, readme.indexOf("```", begin)));
    // README
    Purser purser = Purser.builder()
        .configuration(file)                                         // samples/purser.yaml
        .watch(Duration.ofSeconds(5))                                // or purser.reload(), when you say so
        .build();
    // end
    try (purser) {
      // README
      purser.grants().grant(Grant.ofPercent("AI coding", 20).by("dana@acme.dev").because("launch"));
      // end
      purser.admit(intent()).orThrow().settle(Usage.ofTokens(12, 7));
      assertEquals(Usd.of("300000").nanos(), purser.balances().ofBudget("AI coding").get(0).limit());
      assertEquals(Usd.of("0.0001").nanos(), purser.balances().ofBudget("tripwire").get(0).spent());
    }
  }

  @Test
  void someBudgetsCoverSomeCalls() {
    // README
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.monthly("opus", Usd.of("5000")).only(MODEL, "claude-opus-*").per(TEAM))
        .budget(Budget.rolling("session", Usd.of("20"), Duration.ofHours(1))
            .per(SESSION)
            .observe())                                              // counts and tells, refuses nothing
        .build();
    // end
    try (purser) {
      purser.admit(intent()).orThrow().settle(Usage.ofTokens(12, 7));
      assertTrue(purser.balances().ofBudget("opus").isEmpty());
    }
  }

  @Test
  void callsWaitAndAreStoppedAndToppedUp() {
    // README
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
        .maxWait(Duration.ofSeconds(30))                             // for HELD only; what is spent is refused at once
        .build();
    // end
    try (purser) {
      // README
      purser.freeze(FreezeTarget.key("alice"), "dana@acme.dev", "loop since Friday");
      // end
      // README
      Balances balances = purser.balances();
      // end
      try (AttributionScope alice = Attribution.key("alice").open()) {
        assertTrue(purser.admit(intent()).toString().contains("loop since Friday"), alice::toString);
      }
      assertTrue(balances.ofBudget("tripwire").isEmpty());
    }
  }

  @Test
  void scopesCountWhatHappensInThem() {
    List<String> lines = new ArrayList<>();
    Logging log = new Logging(lines);
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")))
        .build()) {
      Agent agent = () -> purser.admit(intent()).orThrow().settle(Usage.ofTokens(12, 7));
      Agent subAgent = agent;
      // README
      try (AttributionScope run = Attribution.key("alice").session("fix-1234").open()) {
        agent.run();
        try (AttributionScope sub = Attribution.NONE.session("fix-1234/tests").open()) {
          subAgent.run();                    // counts for fix-1234/tests and for fix-1234
          log.info("cost of the tests {}", sub.spent());
        }
        log.info("cost with all sub-agents {}", run.spent());
      }
      // end
    }
    assertEquals(
        List.of("cost of the tests 0.0001", "cost with all sub-agents 0.0002"), lines);
  }

  @Test
  void anyClientByHand() {
    Client client = question -> new Answer(Usage.ofTokens(12, 7));
    String question = "What is a purser?";
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")))
        .build()) {
      CallIntent intent = intent();
      // README
      try (Reservation held = purser.admit(intent).orThrow()) {   // any client, by hand
        Answer answer = client.call(question);
        held.settle(answer.usage());                              // close() without settle charges the reserved amount
      }
      // end
      assertEquals(Usd.of("0.0001").nanos(), purser.balances().ofBudget("all").get(0).spent());
    }
  }
}
