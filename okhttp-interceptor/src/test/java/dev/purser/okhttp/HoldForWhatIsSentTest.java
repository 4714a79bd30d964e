package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.purser.api.Admission;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.UnmeteredCall;
import dev.purser.okhttp.RecordingGuard.Ending;
import java.util.OptionalLong;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Promise 1: a smaller hold than what is sent may cost would let the sum pass the cap. */
class HoldForWhatIsSentTest extends OverHttp {

  private static final ModelId CHEAPER = ModelId.of("openai", "gpt-4o-mini");
  private static final String NO_MODEL = ASK.replace("\"model\":\"gpt-4o\",", "");

  /** Admits a call that can be edited with these, and any other as it stands. */
  private void adjust(ModelId model, OptionalLong cap) {
    guard.answer(intent -> intent.modelAdjustable() || intent.capAdjustable()
        ? new Admission.Admitted(guard.reservation(), model, cap)
        : guard.admitted(intent));
  }

  private Request toDeployment(String json) {
    return to("/openai/deployments/gpt-4o/chat/completions")
        .post(RequestBody.create(json, JSON))
        .build();
  }

  private void assertAskedTwiceAndHeldOnce() {
    assertThat(guard.intents)
        .extracting(CallIntent::modelAdjustable, CallIntent::capAdjustable)
        .containsExactly(tuple(true, true), tuple(false, false));
    assertThat(guard.endings).hasSize(2).first().isEqualTo(Ending.RELEASED);
    assertThat(guard.endings.get(1)).isNotEqualTo(Ending.RELEASED);
  }

  @Test
  void aModelThatTheBodyCannotNameIsHeldForAgainAsAsked() throws Exception {
    adjust(CHEAPER, OptionalLong.empty());
    server.enqueue(json(ANSWER));
    assertThat(send(toDeployment(NO_MODEL))).isEqualTo(ANSWER);
    assertThat(text(received())).isEqualTo(NO_MODEL);
    assertAskedTwiceAndHeldOnce();
    assertThat(guard.endings.get(1).usage()).isEqualTo(ANSWER_USAGE);
  }

  @Test
  void aCapThatCouldBeWrittenDoesNotHideThatTheModelCouldNot() throws Exception {
    adjust(CHEAPER, OptionalLong.of(7));
    server.enqueue(json(ANSWER));
    send(toDeployment(NO_MODEL));
    assertThat(text(received())).isEqualTo(NO_MODEL);
    assertAskedTwiceAndHeldOnce();
  }

  @Test
  void aCapAloneIsStillLoweredWhereThePathNamesTheModel() throws Exception {
    adjust(ModelId.of("openai", "gpt-4o"), OptionalLong.of(7));
    server.enqueue(json(ANSWER));
    send(toDeployment(NO_MODEL));
    assertThat(text(received())).isEqualTo(NO_MODEL.replace(":50", ":7"));
    assertSettledOnce();
  }

  @Test
  void aLoweredCapBoundsEveryChoiceInEveryFieldThatCapsThem() throws Exception {
    String three = ASK.replace(":50", ":50,\"n\":3,\"max_completion_tokens\":60");
    guard.cap(7);
    server.enqueue(json(ANSWER));
    send(ask(three));
    assertThat(guard.onlyIntent().choices()).isEqualTo(3);
    assertThat(guard.onlyIntent().outputCap()).hasValue(60);
    assertThat(text(received())).isEqualTo(three.replace(":50", ":7").replace(":60", ":7"));
    assertSettledOnce();
  }

  @Test
  void aModelOfAnotherProviderIsHeldForAgainAsAsked() throws Exception {
    adjust(ModelId.of("anthropic", "claude-haiku-4-5"), OptionalLong.of(7));
    server.enqueue(json(ANSWER));
    send(ask(ASK));
    assertThat(text(received())).isEqualTo(ASK);
    assertAskedTwiceAndHeldOnce();
    assertThat(guard.unmetered).isEmpty();
  }

  @Test
  void whatTheBudgetCannotCarryAsAskedIsRefusedAndDoesNotLeave() throws Exception {
    guard.answer(intent -> intent.modelAdjustable()
        ? new Admission.Admitted(guard.reservation(), CHEAPER, OptionalLong.empty())
        : new Admission.Refused(refusal(Refusal.Reason.EXHAUSTED)));
    try (Response response = client.newCall(toDeployment(NO_MODEL)).execute()) {
      assertThat(response.code()).isEqualTo(402);
    }
    assertThat(server.getRequestCount()).isZero();
    assertReleasedOnce();
  }

  @Test
  void anEditThatFailsIsHeldForAgainAsAsked() throws Exception {
    adjust(CHEAPER, OptionalLong.of(7));
    server.enqueue(json(ANSWER));
    try (Response response =
        new BrokenDialect(new IllegalStateException("broken")).send(guard, ask(ASK))) {
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }
    assertThat(text(received())).isEqualTo(ASK);
    assertAskedTwiceAndHeldOnce();
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly(
            "fault in the edit: java.lang.IllegalStateException",
            "fault in the meter: java.lang.IllegalStateException");
  }

  @Test
  void anEditThatFailsIsRefusedWhereTheBudgetCannotCarryTheCallAsAsked() throws Exception {
    guard.answer(intent -> intent.capAdjustable()
        ? new Admission.Admitted(guard.reservation(), intent.model(), OptionalLong.of(7))
        : new Admission.Refused(refusal(Refusal.Reason.HELD)));
    try (Response response =
        new BrokenDialect(new IllegalStateException("broken")).send(guard, ask(ASK))) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(Refusal.parse(response.body().string())).isPresent();
    }
    assertThat(server.getRequestCount()).isZero();
    assertReleasedOnce();
  }

  @Test
  void aStreamWhoseUsageCannotBeAskedForIsSentOnItsFirstHold() throws Exception {
    server.enqueue(events(delta("one") + DONE_EVENT));
    try (Response response =
        new BrokenDialect(new IllegalStateException("broken")).send(guard, ask(ASK_STREAM))) {
      assertThat(response.body().string()).isEqualTo(delta("one") + DONE_EVENT);
    }
    assertThat(text(received())).isEqualTo(ASK_STREAM);
    assertThat(guard.onlyIntent().modelAdjustable()).isTrue();
    assertThat(guard.endings).singleElement().isNotEqualTo(Ending.RELEASED);
  }

  @Test
  void aGuardThatFailsWhenAskedAgainLetsTheCallPassAndIsTold() throws Exception {
    guard.answer(intent -> {
      if (!intent.modelAdjustable()) {
        throw new IllegalStateException("broken");
      }
      return new Admission.Admitted(guard.reservation(), CHEAPER, OptionalLong.empty());
    });
    server.enqueue(json(ANSWER));
    assertThat(send(toDeployment(NO_MODEL))).isEqualTo(ANSWER);
    assertReleasedOnce();
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly("fault in the guard: java.lang.IllegalStateException");
  }
}
