package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.PaymentRequiredException;
import com.anthropic.errors.RateLimitException;
import dev.purser.api.Admission;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Measure;
import dev.purser.api.PassingCall;
import dev.purser.api.Refusal;
import dev.purser.api.UnmeteredCall;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refusal reaches the caller of each way to call, and the SDK tries again only where that helps. */
class RefusalTest extends OverSdk {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /** Refuses so often, then admits. */
  private static final class Refusing implements BudgetGuard {
    private final List<CallIntent> intents = new CopyOnWriteArrayList<>();
    private final Refusal.Reason reason;
    private final int times;

    Refusing(Refusal.Reason reason, int times) {
      this.reason = reason;
      this.times = times;
    }

    @Override
    public Admission admit(CallIntent intent) {
      intents.add(intent);
      return intents.size() > times
          ? BudgetGuard.noop().admit(intent)
          : new Admission.Refused(new Refusal(
              reason, "tripwire", "", "dana@acme.dev", Measure.USD, 100, 90, 5, 20, null));
    }

    @Override
    public Admission pass(PassingCall call) {
      return BudgetGuard.noop().pass(call);
    }

    @Override
    public void unmetered(UnmeteredCall call) {}
  }

  private static AnthropicBudgetInterceptor.Builder with(BudgetGuard guard) {
    return AnthropicBudgetInterceptor.builder(guard).clock(() -> NOW);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsSpentIsRefusedOnceWithItsFactsAndNeverLeaves(Mode mode) {
    Refusing guard = new Refusing(Refusal.Reason.EXHAUSTED, 9);

    assertThatExceptionOfType(PaymentRequiredException.class)
        .isThrownBy(() -> call(mode, ask().build(), with(guard)))
        .satisfies(e -> {
          Refusal refusal = Refusal.parse(e.body().toString()).orElseThrow();
          assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
          assertThat(refusal.budget()).isEqualTo("tripwire");
          assertThat(Refusal.parse(e.headers().values("x-purser-refusal").get(0)))
              .contains(refusal);
          assertThat(Refusal.parse(e.getMessage())).contains(refusal);
        });

    assertThat(guard.intents).hasSize(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsOnlyHeldIsTriedAgainByTheSdk(Mode mode) {
    server.enqueue(answer(mode));
    Refusing guard = new Refusing(Refusal.Reason.HELD, 2);

    assertThat(call(mode, ask().build(), with(guard))).isEqualTo(TEXT);

    assertThat(guard.intents).hasSize(3);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatStaysHeldIsARateLimitThatSaysWhenToComeBack(Mode mode) {
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> call(mode, ask().build(), with(new Refusing(Refusal.Reason.HELD, 9))))
        .satisfies(e -> assertThat(e.headers().values("Retry-After")).containsExactly("1"));
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatCannotBeRecordedIsAServerErrorThatTheSdkTriesAgain(Mode mode) {
    Refusing guard = new Refusing(Refusal.Reason.UNAVAILABLE, 9);

    assertThatExceptionOfType(InternalServerException.class)
        .isThrownBy(() -> call(mode, ask().build(), with(guard)))
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(503);
          assertThat(e.headers().values("Retry-After")).containsExactly("1");
          assertThat(Refusal.parse(e.body().toString()).orElseThrow().reason())
              .isEqualTo(Refusal.Reason.UNAVAILABLE);
        });

    assertThat(guard.intents).hasSizeGreaterThan(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aRefusalThatIsToBeThrownIsThrownAsItIsAfterOneAttempt(Mode mode) {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      Refusing guard = new Refusing(reason, 9);
      assertThatExceptionOfType(BudgetExceededException.class)
          .isThrownBy(() -> call(mode, ask().build(), with(guard).throwRefusals(true)))
          .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(reason));
      assertThat(guard.intents).hasSize(1);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aGuardThatFailsDoesNotBreakTheCall(Mode mode) {
    server.enqueue(answer(mode));
    List<String> told = new CopyOnWriteArrayList<>();
    BudgetGuard broken = new BudgetGuard() {
      @Override
      public Admission admit(CallIntent intent) {
        throw new IllegalStateException("broken");
      }

      @Override
      public Admission pass(PassingCall call) {
        throw new IllegalStateException("broken");
      }

      @Override
      public void unmetered(UnmeteredCall call) {
        told.add(call.toString());
      }
    };

    assertThat(call(mode, ask().build(), with(broken))).isEqualTo(TEXT);

    assertThat(told).singleElement().asString().contains("IllegalStateException");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
