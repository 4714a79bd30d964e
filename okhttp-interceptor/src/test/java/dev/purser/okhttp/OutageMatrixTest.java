package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.PurserBuilder;
import dev.purser.okhttp.BillingProvider.Mood;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an outage of the first provider costs, and who answers then: the next one, at its own price,
 * charged once; and nothing stays held.
 */
class OutageMatrixTest extends Outage {

  private static final ModelId FIRST = ModelId.of("openai", "gpt-4o");
  private static final ModelId SECOND = ModelId.of("groq", "llama-3.3-70b-versatile");

  @Override
  PurserBuilder rules(PurserBuilder options) {
    return options
        .budget(Budget.total("all", Usd.of("1")))
        .task("work", Candidate.of(FIRST.toString()), Candidate.of(SECOND.toString()));
  }

  private void assertTheSecondAnswered(Outcome ofTheFirst) {
    assertThat(second.models()).containsExactly(SECOND.name());
    List<SpendRecord> written = written();
    assertThat(written).extracting(SpendRecord::requested).containsExactly(FIRST, FIRST);
    assertThat(written).extracting(SpendRecord::model).containsExactly(FIRST, SECOND);
    assertThat(written)
        .extracting(SpendRecord::outcome)
        .containsExactly(ofTheFirst, Outcome.SETTLED);
    assertThat(written).extracting(each -> each.exchange().attempt()).containsExactly(1, 2);
    assertThat(written.get(1).costNanoUsd()).isEqualTo(second.billed());
    assertThat(written.get(1).priceKnown()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whenNothingIsWrongTheFirstAnswersAndTheSecondIsNotAsked(Way way) throws Exception {
    assertThat(answer(way, ask(ASK))).contains("The officer who keeps the money.");
    assertThat(first.models()).containsExactly(FIRST.name());
    assertThat(other.getRequestCount()).isZero();
    assertThat(spent()).isEqualTo(billed()).isPositive();
    assertThat(written()).extracting(SpendRecord::model).containsExactly(FIRST);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whenNobodyListensAtTheFirstTheSecondAnswers(Way way) throws Exception {
    var request = ask(ASK);
    server.shutdown();
    assertThat(answer(way, request)).contains("The officer who keeps the money.");
    assertThat(spent()).isEqualTo(billed()).isPositive();
    assertTheSecondAnswered(Outcome.RELEASED);
  }

  @ParameterizedTest
  @CsvSource({"FAILING,SYNC", "FAILING,ASYNC", "BUSY,SYNC", "BUSY,ASYNC"})
  void whenTheFirstAnswers500Or429TheSecondAnswers(Mood mood, Way way) throws Exception {
    first.is(mood);
    assertThat(answer(way, ask(ASK))).contains("The officer who keeps the money.");
    assertThat(first.models()).containsExactly(FIRST.name());
    assertThat(spent()).isEqualTo(billed()).isPositive();
    assertTheSecondAnswered(Outcome.RELEASED);
  }

  /** The first may have done the work and bill it, so what was held for it stays charged. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void whenTheFirstIsTooSlowTheSecondAnswersAndBothAreCharged(Way way) throws Exception {
    first.is(Mood.SLOW);
    http = http.newBuilder().readTimeout(Duration.ofMillis(300)).build();
    assertThat(answer(way, ask(ASK))).contains("The officer who keeps the money.");
    long spent = spent();
    assertTheSecondAnswered(Outcome.ABANDONED);
    SpendRecord slow = records.get(0);
    assertThat(first.billed()).isPositive();
    assertThat(slow.costNanoUsd()).isEqualTo(slow.reservedNanoUsd());
    assertThat(slow.costNanoUsd()).as("no lost charge").isGreaterThanOrEqualTo(first.billed());
    assertThat(spent).as("no double charge").isEqualTo(slow.costNanoUsd() + second.billed());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whenTheFirstBreaksOffInTheMiddleOfAStreamWhatWasSeenIsChargedAndNobodyElseAsked(Way way)
      throws Exception {
    first.is(Mood.BREAKING);
    try (Response response = way.call(http.newCall(work(ask(ASK_STREAM))))) {
      BufferedSource source = response.body().source();
      assertThat(source.readUtf8Line()).contains("one two three");
      assertThatThrownBy(source::readByteString).isInstanceOf(IOException.class);
    }
    assertThat(other.getRequestCount()).isZero();
    long spent = spent();
    SpendRecord only = Collections.unmodifiableList(written()).get(0);
    assertThat(records).hasSize(1);
    assertThat(only.model()).isEqualTo(FIRST);
    assertThat(only.costNanoUsd()).isEqualTo(spent).isPositive().isLessThan(only.reservedNanoUsd());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aStreamThatIsRefusedBeforeItsFirstByteIsAnsweredByTheSecond(Way way) throws Exception {
    first.is(Mood.BUSY);
    assertThat(answer(way, ask(ASK_STREAM))).isEqualTo(delta("hello") + DONE_EVENT);
    assertThat(spent()).isEqualTo(billed()).isPositive();
    assertTheSecondAnswered(Outcome.RELEASED);
  }

  @Test
  void aFirstThatGoesOnFailingIsLeftAloneAndTriedAgainAfterAWhile() throws Exception {
    first.is(Mood.FAILING);
    for (int i = 0; i < 5; i++) {
      answer(Way.SYNC, ask(ASK));
    }
    assertThat(first.models()).hasSize(5);
    answer(Way.SYNC, ask(ASK));
    assertThat(first.models()).as("the breaker is open").hasSize(5);
    assertThat(second.models()).hasSize(6);

    now = now.plusSeconds(31);
    answer(Way.SYNC, ask(ASK));
    assertThat(first.models()).as("a trial that fails").hasSize(6);
    assertThat(second.models()).as("is answered all the same").hasSize(7);
    answer(Way.SYNC, ask(ASK));
    now = now.plusSeconds(31);
    first.is(Mood.WELL);
    for (int i = 0; i < 3; i++) {
      answer(Way.ASYNC, ask(ASK));
    }

    assertThat(first.billed()).as("the first answers again").isEqualTo(3 * 100_000);
    assertThat(spent()).isEqualTo(billed());
    assertThat(written()).filteredOn(each -> each.outcome() == Outcome.SETTLED).hasSize(11);
  }

  /** Whoever goes away says nothing of the model. */
  @Test
  void callersThatCancelDoNotOpenTheBreaker() throws Exception {
    List<String> told = new ArrayList<>();
    var impatient = http.newBuilder()
        .addInterceptor(chain -> {
          chain.call().cancel();
          return chain.proceed(chain.request());
        })
        .build();
    for (int i = 0; i < 10; i++) {
      try (Response response = impatient.newCall(work(ask(ASK))).execute()) {
        told.add("answered " + response.code());
      } catch (IOException e) {
        told.add(e.getMessage());
      }
    }
    assertThat(told).hasSize(10).containsOnly("Canceled");
    answer(Way.SYNC, ask(ASK));
    assertThat(first.models()).containsExactly(FIRST.name());
    assertThat(other.getRequestCount()).isZero();
    assertThat(spent()).isEqualTo(billed());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whenBothFailTheCallerGetsTheFailureOfTheLastAndNothingIsCharged(Way way) throws Exception {
    first.is(Mood.FAILING);
    second.is(Mood.BUSY);
    try (Response response = way.call(http.newCall(work(ask(ASK))))) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(response.header("Retry-After")).isEqualTo("20");
      assertThat(response.body().string()).isEqualTo("{\"error\":{\"message\":\"too many\"}}");
    }
    assertThat(spent()).isZero();
    assertThat(written()).extracting(SpendRecord::model).containsExactly(FIRST, SECOND);
    assertThat(records).extracting(SpendRecord::outcome).containsOnly(Outcome.RELEASED);
  }
}
