package dev.purser.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.purser.api.AccountBalance;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Denial;
import dev.purser.api.Fit;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Price;
import dev.purser.clients.provider.Provider;
import dev.purser.clients.provider.Received;
import dev.purser.clients.provider.Tokens;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every client is shown to do, by a real client with its own defaults, over loopback. */
@ExtendWith(RowWriter.class)
@Timeout(120)
@SuppressWarnings("try")
public abstract class ClientContract {

  private static final Usd PLENTY = Usd.of("1");
  private static final int MAX_TOKENS = 100;
  private static final int THREADS = 4;

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable Provider started;

  /** Which client it is. */
  protected abstract Kind kind();

  /** Makes one that calls the provider, with this guard in it. */
  protected abstract Client client(Purser purser, Provider at) throws Exception;

  /** Where an exception of this client has the provider's words; its message, if not told otherwise. */
  protected String text(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  /** How this client's adapter calls the cheaper model. */
  protected String candidate() {
    return api().provider() + "/" + api().cheaper();
  }

  /** Whether a stream can be given up while nothing arrives. */
  protected boolean closesInSilence() {
    return true;
  }

  @BeforeEach
  final void start() throws IOException {
    started = Provider.start();
  }

  @AfterEach
  final void stop() throws Exception {
    provider().resume();
    for (AutoCloseable each : open) {
      each.close();
    }
    provider().close();
  }

  private Provider provider() {
    if (started == null) {
      throw new IllegalStateException("No provider was started");
    }
    return started;
  }

  private Purser purser(Usd limit, UnaryOperator<PurserBuilder> more) {
    PurserBuilder builder = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", limit))
        .maxWait(Duration.ofSeconds(20))
        .sink(records::add);
    Purser purser = more.apply(builder).build();
    open.add(purser);
    return purser;
  }

  private Client client(Purser purser) throws Exception {
    Client client = client(purser, provider());
    open.add(0, client); // before the guard that it calls
    return client;
  }

  private Prompt prompt() {
    return new Prompt(api().model(), "What is a purser, and what does it keep?", MAX_TOKENS);
  }

  private Api api() {
    return kind().api();
  }

  private static AccountBalance all(Purser purser) {
    return purser.balances().ofBudget("all").get(0);
  }

  private static void assertNothingHeld(Purser purser) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(all(purser).held()).isZero());
  }

  private void assertBilledIsSpent(Purser purser) {
    assertNothingHeld(purser);
    assertThat(all(purser).spent()).isEqualTo(provider().billed()).isPositive();
  }

  private List<SpendRecord> records(Purser purser) {
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    return records;
  }

  @Test
  @Shows(Scenario.ATTRIBUTED)
  void callsCountForWhomTheCallersThreadSays() throws Exception {
    Purser purser = purser(PLENTY, UnaryOperator.identity());
    Client client = client(purser);

    try (AttributionScope scope = Attribution.key("alice").session("s1").open()) {
      assertThat(client.ask(prompt())).isEqualTo(String.join("", Provider.WORDS));
      try (Answer answer = client.stream(prompt())) {
        assertThat(answer.rest()).isEqualTo(String.join("", Provider.WORDS));
      }
      assertBilledIsSpent(purser);
      assertThat(scope.spent().nanos()).isEqualTo(provider().billed());
    }

    assertThat(records(purser)).hasSize(2).allSatisfy(record -> {
      assertThat(record.attribution().key()).isEqualTo("alice");
      assertThat(record.attribution().session()).isEqualTo("s1");
    });
    assertThat(provider().received())
        .flatMap(Received::headers)
        .noneMatch(header -> header.startsWith("x-purser"));
  }

  @Test
  @Shows(Scenario.CAPPED)
  void fourThreadsStayWithinTheBudgetAndUseItUp() throws Exception {
    long most = MAX_TOKENS * Price.of(api().model()).output();
    long limit = 3 * most;
    Purser purser = purser(Usd.ofNanos(limit), UnaryOperator.identity());
    Client client = client(purser);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    open.add(0, threads::shutdownNow);

    List<Future<Throwable>> ends = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      ends.add(threads.submit(() -> untilRefused(client)));
    }
    for (Future<Throwable> end : ends) {
      Throwable refused = end.get(60, TimeUnit.SECONDS);
      assertThat(Facts.refusal(refused, this::text))
          .as("the facts in %s", refused)
          .get()
          .extracting(Refusal::reason)
          .isEqualTo(Refusal.Reason.EXHAUSTED);
    }

    assertBilledIsSpent(purser);
    long spent = all(purser).spent();
    assertThat(spent).isLessThanOrEqualTo(limit).isGreaterThan(limit - 2 * most);
    assertThat(records(purser).stream().mapToLong(SpendRecord::spentNanoUsd).sum())
        .isEqualTo(spent);
  }

  private Throwable untilRefused(Client client) {
    for (int calls = 0; calls < 100; calls++) {
      Throwable thrown = catchThrowable(() -> client.ask(prompt()));
      if (thrown != null) {
        return thrown;
      }
    }
    throw new AssertionError("A hundred calls were served");
  }

  @Test
  @Shows(Scenario.FITTED)
  void anAnswerIsAsLongAsTheBudgetCarries() throws Exception {
    long limit = 30 * Price.of(api().model()).output();
    Purser purser =
        purser(Usd.ofNanos(limit), builder -> builder.fit(Fit.ALL).leastUsefulOutput(1));

    client(purser).ask(prompt());

    assertThat(provider().received())
        .singleElement()
        .satisfies(call -> assertThat(call.cap()).isBetween(1, 30));
    assertBilledIsSpent(purser);
    assertThat(all(purser).spent()).isLessThanOrEqualTo(limit);
  }

  @Test
  @Shows(Scenario.ROUTED)
  void theCheaperModelOfTheClassServesTheCall() throws Exception {
    Purser purser = purser(
        PLENTY,
        builder -> builder
            .task("routine", Candidate.of(candidate()))
            .routing(rules -> rules.otherwise("routine")));
    Client client = client(purser);
    boolean routed = !kind().limits().containsKey(Scenario.ROUTED);
    String served = routed ? api().cheaper() : api().model();

    client.ask(prompt());
    try (Answer answer = client.stream(prompt())) {
      answer.rest();
    }

    assertBilledIsSpent(purser);
    assertThat(records(purser)).hasSize(2).allSatisfy(record -> {
      assertThat(record.requested().name()).isEqualTo(api().model());
      assertThat(record.model().name()).as(record.routing()).isEqualTo(served);
      assertThat(record.routing())
          .contains(routed ? "task routine" : "is out of reach; so as asked");
    });
    assertThat(provider().received()).extracting(Received::model).containsExactly(served, served);
  }

  @Test
  @Shows(Scenario.METERED)
  void whatIsBilledIsCharged() throws Exception {
    Purser purser = purser(PLENTY, UnaryOperator.identity());

    assertThat(client(purser).ask(prompt())).isEqualTo(String.join("", Provider.WORDS));

    assertBilledIsSpent(purser);
    assertThat(records(purser)).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.usage().outputTokens()).isEqualTo(Tokens.OUTPUT);
      assertThat(record.usage().count(UsageKind.CACHE_READ)).isEqualTo(Tokens.CACHED);
    });
  }

  @Test
  @Shows(Scenario.STREAMED)
  void piecesArriveAsTheyAreWritten() throws Exception {
    provider().pauseStreams();
    Purser purser = purser(PLENTY, UnaryOperator.identity());

    try (Answer answer = client(purser).stream(prompt())) {
      assertThat(answer.next()).isEqualTo(Provider.WORDS.get(0));
      assertThat(all(purser).held()).isPositive();
      provider().resume();
      assertThat(answer.rest()).isEqualTo(Provider.WORDS.get(1) + Provider.WORDS.get(2));
    }

    assertBilledIsSpent(purser);
    assertThat(records(purser))
        .singleElement()
        .satisfies(record -> assertThat(record.outcome()).isEqualTo(Outcome.SETTLED));
  }

  @Test
  @Shows(Scenario.CUT)
  void aFreezeEndsAStreamThatIsUnderWay() throws Exception {
    provider().pauseStreams();
    Purser purser = purser(PLENTY, UnaryOperator.identity());
    Client client = client(purser);

    try (AttributionScope scope = Attribution.key("alice").open();
        Answer answer = client.stream(prompt())) {
      assertThat(answer.next()).isEqualTo(Provider.WORDS.get(0));
      purser.freeze(FreezeTarget.key("alice"), "dana@acme.dev", "a loop");
      Throwable thrown = catchThrowable(answer::rest);
      assertThat(thrown).isNotNull();
      assertThat(Facts.denial(thrown, this::text))
          .as("the facts in %s", thrown)
          .get()
          .extracting(Denial::reason)
          .isEqualTo(Denial.Reason.FROZEN);
      assertNothingHeld(purser);
      assertThat(scope.spent()).isEqualTo(Usd.ofNanos(all(purser).spent()));
    }

    assertChargedForWhatWasSeen(purser);
  }

  private void assertChargedForWhatWasSeen(Purser purser) {
    assertNothingHeld(purser);
    assertThat(all(purser).spent())
        .as("%s", records(purser))
        .isPositive()
        .isLessThan(provider().billed());
    assertThat(records(purser))
        .singleElement()
        .satisfies(record -> assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED));
  }

  @Test
  @Shows(Scenario.CANCELLED)
  void aStreamThatIsGivenUpHoldsNothing() throws Exception {
    provider().pauseStreams();
    if (!closesInSilence()) {
      provider().keepAlive();
    }
    Purser purser = purser(PLENTY, UnaryOperator.identity());

    try (Answer answer = client(purser).stream(prompt())) {
      assertThat(answer.next()).isEqualTo(Provider.WORDS.get(0));
    }

    assertChargedForWhatWasSeen(purser);
  }

  @Test
  @Shows(Scenario.REFUSED)
  void aRefusalIsNotTriedAgainAndTellsItsFacts() throws Exception {
    Purser purser = purser(Usd.ofNanos(1), UnaryOperator.identity());
    Client client = client(purser);

    Throwable whole = catchThrowable(() -> client.ask(prompt()));
    Throwable streamed = catchThrowable(() -> {
      try (Answer answer = client.stream(prompt())) {
        answer.rest();
      }
    });

    for (Throwable thrown : new Throwable[] {whole, streamed}) {
      assertThat(thrown).isNotNull();
      assertThat(Facts.refusal(thrown, this::text))
          .as("the facts in %s", thrown)
          .hasValueSatisfying(refusal -> assertThat(refusal.budget()).isEqualTo("all"));
    }
    assertThat(provider().received()).isEmpty();
    assertThat(records(purser))
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.REFUSED);
  }
}
