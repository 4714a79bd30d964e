package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.PurserBuilder;
import dev.purser.okhttp.BillingProvider.Mood;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Trap 7: a fallback model is dearer than the one that was checked. Here the budget carries the cheap one
 * many times over, and the dear one not once.
 */
class DearerFallbackIsCheckedAgainTrap7Test extends Outage {

  private static final ModelId CHEAP = ModelId.of("openai", "gpt-4o-mini");
  private static final ModelId DEAR = ModelId.of("openai", "gpt-4o");
  private static final String ASK_CHEAP = ASK.replace("gpt-4o", "gpt-4o-mini");

  @Override
  PurserBuilder rules(PurserBuilder options) {
    // 50 tokens of gpt-4o alone are $0.0005.
    return options
        .budget(Budget.total("all", Usd.of("0.0004")))
        .leastUsefulOutput(10)
        .task("work", Candidate.of(CHEAP.toString()), Candidate.of(DEAR.toString()));
  }

  /** The cheap model is out of order; the dear one would answer, and bill. */
  private void onlyTheDearOneAnswers() {
    first.is(Mood.FAILING);
    BillingProvider well = second;
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        boolean cheap = request.getBody().clone().readUtf8().contains(CHEAP.name());
        return cheap ? first.dispatch(request) : well.dispatch(request);
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aDearerModelThatTheBudgetCannotCarryIsNotSentAndTheCallerGetsTheFirstFailure(Way way)
      throws Exception {
    onlyTheDearOneAnswers();
    try (Response response = way.call(http.newCall(work(ask(ASK_CHEAP))))) {
      assertThat(response.code()).isEqualTo(500);
      assertThat(response.body().string()).contains("out of order");
    }
    assertThat(first.models()).containsExactly(CHEAP.name());
    assertThat(second.models()).as("the dear one").isEmpty();
    assertThat(spent()).isZero();
    assertThat(written()).extracting(SpendRecord::model).containsExactly(CHEAP, DEAR);
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.RELEASED, Outcome.REFUSED);
  }

  /** A call that sets no cap is sent with what the budget pays for at the dearer price. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void aDearerModelThatCanStillAnswerGetsACapThatTheBudgetPaysFor(Way way) throws Exception {
    onlyTheDearOneAnswers();
    String capless = ASK_CHEAP.replace("\"max_tokens\":50,", "");
    try (Response response = way.call(http.newCall(work(ask(capless))))) {
      assertThat(response.body().string()).contains("The officer who keeps the money.");
    }
    assertThat(second.models()).containsExactly(DEAR.name());
    assertThat(second.bodies())
        .singleElement()
        .satisfies(body -> assertThat(cap(body)).isBetween(1L, 40L));
    assertThat(spent()).isEqualTo(billed()).isEqualTo(100_000);
  }

  private static long cap(String body) {
    return Long.parseLong(body.replaceAll(".*\"max_tokens\":(\\d+).*", "$1"));
  }
}
