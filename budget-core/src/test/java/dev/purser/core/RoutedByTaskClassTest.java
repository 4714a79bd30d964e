package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Candidate;
import dev.purser.api.Credential;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.RoutingRules;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cheap models do routine work: which model a call gets, what is held for it, and what the record says. */
class RoutedByTaskClassTest {

  private static final ModelId OPUS = ModelId.of("anthropic", "claude-opus-4-6");
  private static final ModelId HAIKU = ModelId.of("anthropic", "claude-haiku-4-5");
  private static final ModelId MINI = ModelId.of("openai", "gpt-5-mini");
  private static final Budget QUARTER = Budget.quarterly("AI coding", Usd.of("100"));

  private Guard guard;

  private void start(UnaryOperator<PurserBuilder> options) {
    guard = new Guard(builder -> options.apply(builder
        .owner("dana")
        .task("routine", Candidate.of("claude-haiku-4-5"), Candidate.of("gpt-5-mini"))
        .task("complex", Candidate.of("claude-opus-4-6"), Candidate.of("gpt-5-mini"))));
  }

  private void start(Budget... budgets) {
    start(builder -> Guard.with(builder, budgets));
  }

  @AfterEach
  void close() {
    if (guard != null) {
      guard.close();
    }
  }

  /** Writes 1,000 tokens at most; may be sent anywhere. */
  private static CallIntent.Builder call(ModelId asked, String taskClass) {
    return CallIntent.builder(asked)
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(1_000)
        .modelAdjustable(true)
        .reach(model -> true)
        .attribution(taskClass == null ? Attribution.NONE : Attribution.NONE.taskClass(taskClass));
  }

  private Credential minted(VirtualKey key) {
    return Credential.of(guard.purser.keys().mint(key, "dana").secret().reveal());
  }

  private Admission.Admitted admitted(CallIntent.Builder call) {
    return (Admission.Admitted) guard.admit(call);
  }

  private List<SpendRecord> records() {
    guard.close();
    return guard.records;
  }

  private void spend(String dollars) {
    // Opus writes a token for $0.000025.
    long tokens = Usd.of(dollars).nanos() / 25_000;
    Reservation held = guard.admit(CallIntent.builder(OPUS).outputCap(tokens)).orThrow();
    held.settle(Usage.ofTokens(0, tokens));
  }

  @Test
  void routineWorkIsDoneByTheFirstListedAndPaidAtItsPrice() {
    start(QUARTER);
    Admission.Admitted admitted = admitted(call(OPUS, "routine"));
    assertThat(admitted.model()).isEqualTo(HAIKU);
    // $1 and $5 a million: $0.001 to read, or a quarter more to cache it for later, and $0.005 to
    // write.
    assertThat(guard.purser.balances().all().get(0).held()).isBetween(6_000_000L, 7_500_000L);

    admitted.reservation().settle(Usage.ofTokens(1_000, 1_000));

    SpendRecord record = records().get(0);
    assertThat(record.requested()).isEqualTo(OPUS);
    assertThat(record.model()).isEqualTo(HAIKU);
    assertThat(record.routing()).isEqualTo("task routine");
    assertThat(record.costNanoUsd()).isEqualTo(6_000_000);
    assertThat(record.attribution().taskClass()).isEqualTo("routine");
  }

  @Test
  void demandingWorkGetsTheFrontierModelWhateverWasAskedFor() {
    start(QUARTER);

    assertThat(admitted(call(MINI, "complex")).model()).isEqualTo(OPUS);
  }

  @Test
  void callWithoutATaskClassKeepsItsModel() {
    start(QUARTER);
    Admission.Admitted admitted = admitted(call(OPUS, null));
    admitted.reservation().settle(Usage.ofTokens(10, 10));

    assertThat(admitted.model()).isEqualTo(OPUS);
    assertThat(records().get(0).routing()).isNull();
  }

  @Test
  void classThatNobodyListedKeepsItsModel() {
    start(QUARTER);

    assertThat(admitted(call(MINI, "translation")).model()).isEqualTo(MINI);
  }

  @Test
  void whatCannotBeReachedIsPassedOver() {
    start(QUARTER);
    CallIntent.Builder here = call(ModelId.of("openai", "gpt-5"), "routine")
        .reach(model -> model.provider().equals("openai"));
    Admission.Admitted admitted = admitted(here);
    admitted.reservation().settle(Usage.ofTokens(10, 10));

    assertThat(admitted.model()).isEqualTo(MINI);
    assertThat(records().get(0).routing())
        .isEqualTo("task routine; anthropic/claude-haiku-4-5 is out of reach");
  }

  @Test
  void signedCallKeepsItsModel() {
    start(QUARTER);

    assertThat(admitted(call(OPUS, "routine").modelAdjustable(false)).model()).isEqualTo(OPUS);
  }

  @Test
  void keyGetsOnlyWhatItMayCall() {
    start(QUARTER);
    Credential ci = minted(VirtualKey.named("ci").models("gpt-5*").taskClasses("routine"));

    assertThat(admitted(call(MINI, "routine").credential(ci)).model()).isEqualTo(MINI);
  }

  @Test
  void callsOfAKeyWithTaskClassesAreOfItsFirstWhateverTheirSize() {
    start(builder ->
        Guard.with(builder, QUARTER).routing(rules -> rules.bySize("routine", "complex")));
    Credential ci = minted(VirtualKey.named("ci").taskClasses("routine", "chat"));

    assertThat(admitted(call(OPUS, null).prompt(Prompt.ofTokens(100_000)).credential(ci))
            .model())
        .isEqualTo(HAIKU);
    assertThat(guard.admit(call(OPUS, "complex").credential(ci)))
        .isInstanceOf(Admission.Denied.class);
  }

  @Test
  void longPromptGoesToAModelThatItFitsInto() {
    start(builder -> Guard.with(builder, Budget.quarterly("much", Usd.of("10000")))
        .task("short", Candidate.of("gpt-4"), Candidate.of("claude-opus-4-6")));

    assertThat(admitted(call(OPUS, "short")).model()).isEqualTo(ModelId.of("openai", "gpt-4"));
    assertThat(admitted(call(OPUS, "short").prompt(Prompt.ofTokens(8_000))).model())
        .isEqualTo(OPUS);
  }

  @Test
  void dearCallGoesToACheaperModel() {
    start(builder -> Guard.with(builder, QUARTER)
        .task(
            "work",
            Candidate.of("claude-opus-4-6").costAtMost(Usd.of("0.05")),
            Candidate.of("gpt-5-mini")));

    assertThat(admitted(call(OPUS, "work")).model()).isEqualTo(OPUS);
    assertThat(admitted(call(OPUS, "work").prompt(Prompt.ofTokens(20_000))).model())
        .isEqualTo(MINI);
  }

  @Test
  void candidatesComeAndGoWithTheUseOfABudget() {
    start(builder -> Guard.with(builder, QUARTER, Budget.daily("tripwire", Usd.of("90")))
        .task(
            "work",
            Candidate.of("claude-opus-4-6").until(50).ofBudget("AI coding"),
            Candidate.of("claude-haiku-4-5").until(70),
            Candidate.of("gpt-5-mini").from(70)));
    assertThat(admitted(call(OPUS, "work")).model()).isEqualTo(OPUS);

    spend("50");
    assertThat(admitted(call(OPUS, "work")).model()).isEqualTo(HAIKU);

    spend("13"); // 63 % of the quarter, 70 % of the day
    assertThat(admitted(call(OPUS, "work")).model()).isEqualTo(MINI);
  }

  @Test
  void budgetThatIsAllButSpentAsksForCheaperModels() {
    start(QUARTER.downgradeAt(80, "routine"));
    spend("79.99");
    assertThat(admitted(call(OPUS, "complex")).model()).isEqualTo(OPUS);

    spend("0.01");
    Admission.Admitted admitted = admitted(call(OPUS, "complex"));
    admitted.reservation().settle(Usage.ofTokens(1, 1));

    assertThat(admitted.model()).isEqualTo(HAIKU);
    assertThat(admitted(call(OPUS, null)).model()).isEqualTo(HAIKU);
    SpendRecord record = records().get(2);
    assertThat(record.routing()).isEqualTo("task routine for complex, AI coding is 80% spent");
    assertThat(record.attribution().taskClass()).isEqualTo("complex");
  }

  @Test
  void budgetOfOthersAsksForNothing() {
    start(
        QUARTER,
        Budget.daily("interns", Usd.of("1"))
            .only(Dimension.TEAM, "interns")
            .downgradeAt(20, "routine"));
    guard
        .admit(CallIntent.builder(OPUS)
            .outputCap(30_000)
            .attribution(Attribution.NONE.team("interns")))
        .orThrow()
        .settle(Usage.ofTokens(0, 30_000));

    assertThat(admitted(call(OPUS, "complex")).model()).isEqualTo(OPUS);
    CallIntent.Builder intern =
        call(OPUS, "complex").attribution(Attribution.NONE.taskClass("complex").team("interns"));
    assertThat(admitted(intern).model()).isEqualTo(HAIKU);
  }

  @Test
  void callsThatNameNoClassAreTakenForOneByTheirSize() {
    start(builder ->
        Guard.with(builder, QUARTER).routing(rules -> rules.bySize("routine", "complex")));

    assertThat(admitted(call(MINI, null)).model()).isEqualTo(HAIKU);
    assertThat(
            admitted(call(MINI, null).prompt(Prompt.builder().text("?").tools(3).build()))
                .model())
        .isEqualTo(OPUS);
    assertThat(admitted(call(MINI, null).outputCap(4_000)).model()).isEqualTo(OPUS);
  }

  @Test
  void classifierIsAskedBeforeTheSizeAndOneThatFailsHarmsNobody() {
    start(builder -> Guard.with(builder, QUARTER)
        .routing(rules -> rules.otherwise("routine"))
        .classifier(intent -> {
          if (intent.api().equals("broken")) {
            throw new IllegalStateException("no idea");
          }
          return intent.api().equals("agent") ? "complex" : null;
        }));

    assertThat(admitted(call(MINI, null).api("agent")).model()).isEqualTo(OPUS);
    assertThat(admitted(call(MINI, null).api("chat")).model()).isEqualTo(HAIKU);
    assertThat(admitted(call(OPUS, null).api("broken")).model()).isEqualTo(OPUS);
  }

  @Test
  void modelsThatNobodyKnowsAreRefusedWhenConfigured() {
    assertThatThrownBy(() -> start(builder -> Guard.with(builder, QUARTER)
            .task("odd", Candidate.of("no-such-model"), Candidate.of("openai/gpt-0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tasks.odd: no price is known for no-such-model")
        .hasMessageContaining("tasks.odd: no price is known for openai/gpt-0");
  }

  @Test
  void localModelNeedsNoPriceWhereItIsFree() {
    start(builder -> Guard.with(builder, QUARTER)
        .freeModels("ollama/*")
        .task("local", Candidate.of("ollama/llama3.3")));

    assertThat(admitted(call(OPUS, "local")).model()).isEqualTo(ModelId.of("ollama", "llama3.3"));
  }

  @Test
  void fileSaysTheSameAndIsReadAgain(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("purser.yaml"), """
        owner: dana
        budgets: [{name: q, limit: $100, window: quarter, downgrade: {at: 80%, to: routine}}]
        tasks:
          routine: [{model: claude-haiku-4-5, until: 90%, budget: q}, gpt-5-mini]
          complex: [{model: claude-opus-4-6, cost-at-most: $2}]
        routing: {default: routine, classify: {small: routine, large: complex}, attempts: 2}
        """);
    guard = new Guard(builder -> builder.configuration(file));
    assertThat(admitted(call(OPUS, null)).model()).isEqualTo(HAIKU);

    Files.writeString(file, """
        owner: dana
        budgets: [{name: q, limit: $100, window: quarter}]
        tasks: {routine: [openai/gpt-5-mini]}
        routing: {default: routine}
        """);
    guard.purser.reload();
    assertThat(admitted(call(OPUS, null)).model()).isEqualTo(MINI);

    Files.writeString(file, """
        owner: dana
        budgets: [{name: q, limit: $100, window: quarter}]
        tasks: {routine: [openai/gpt-0]}
        """);
    assertThatThrownBy(guard.purser::reload).hasMessageContaining("openai/gpt-0");
    assertThat(admitted(call(OPUS, null)).model()).isEqualTo(MINI);
  }

  @Test
  void attemptsAreBoundedByTheRules() {
    assertThat(RoutingRules.NONE.attempts(2).attempts()).isEqualTo(2);
    start(builder -> Guard.with(builder, QUARTER).routing(rules -> rules.attempts(1)));

    assertThat(guard.admit(call(OPUS, "routine").tried(List.of(HAIKU))))
        .isInstanceOf(Admission.Denied.class);
  }
}
