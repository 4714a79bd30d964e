package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OngoingCallTest {

  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private final BudgetGuard guard = BudgetGuard.noop();
  private final OngoingCall call = call();

  private OngoingCall call() {
    return new OngoingCall(
        guard, MODEL, guard.admit(CallIntent.builder(MODEL).build()).orThrow());
  }

  @Test
  void itIsKnownToTheThreadThatMakesItAndToNoOther() {
    List<OngoingCall> seen = new ArrayList<>();
    call.during(() -> {
      seen.add(OngoingCall.current());
      OngoingCall.apart(() -> seen.add(OngoingCall.current()));
      seen.add(OngoingCall.current());
      seen.add(CompletableFuture.supplyAsync(OngoingCall::current).join());
      OngoingCall other = call();
      seen.add(other.during(OngoingCall::current) == other ? other : null);
      return seen.add(OngoingCall.current());
    });

    assertThat(seen.get(0)).isSameAs(call);
    assertThat(seen.get(1)).isNull();
    assertThat(seen.get(2)).isSameAs(call);
    assertThat(seen.get(3)).isNull();
    assertThat(seen.get(4)).isNotNull().isNotSameAs(call);
    assertThat(seen.get(5)).isSameAs(call);
    assertThat(OngoingCall.current()).isNull();
  }

  @Test
  void itIsForgottenWhenSendingFails() {
    assertThatThrownBy(() -> call.during(() -> {
          throw new IllegalStateException("no");
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(OngoingCall.current()).isNull();
  }

  @Test
  void itIsThatOfItsGuardAndModelUntilItEnds() {
    assertThat(call.is(guard, "gpt-4o")).isTrue();
    assertThat(call.is(guard, "GPT-4o")).isTrue();
    assertThat(call.is(guard, "gpt-4o-mini")).isFalse();
    call.end();
    assertThat(call.is(guard, "gpt-4o")).isFalse();
  }

  @Test
  void aTokenOfACallThatHasEndedNamesNothing() {
    call.end();
    assertThat(OngoingCall.named(call.token())).isNull();
  }

  @Test
  void manyOpenCallsAreAllFound() {
    List<OngoingCall> open = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      OngoingCall each = call();
      open.add(each);
      assertThat(each.token()).isNotEmpty();
    }
    assertThat(open).allMatch(each -> OngoingCall.named(each.token()) == each);
    open.forEach(OngoingCall::end);
  }

  @Test
  void itsTokenFindsItUntilItEnds() {
    String token = call.token();
    assertThat(token).hasSize(32).isEqualTo(call.token()).isNotEqualTo(call().token());
    assertThat(OngoingCall.named(token)).isSameAs(call);
    assertThat(OngoingCall.named(null)).isNull();
    assertThat(OngoingCall.named("none")).isNull();
    call.end();
    assertThat(OngoingCall.named(token)).isNull();
    assertThat(call).hasToString("OngoingCall of openai/gpt-4o");
  }
}
