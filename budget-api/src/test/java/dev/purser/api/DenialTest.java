package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenialTest {

  @ParameterizedTest
  @EnumSource
  void comesBackFromAnyTextThatCarriesItsToken(Denial.Reason reason) {
    Denial denial = new Denial(reason, "alice \"&=\"", null, "50 % of \u20ac, see <x>");
    Denial owned = new Denial(reason, "", "dana@acme.dev", "");
    for (Denial each : new Denial[] {denial, owned}) {
      assertThat(Denial.parse("{\"message\":\"" + each.token() + "\"}")).contains(each);
      assertThat(each.token()).matches("[A-Za-z0-9?%&=._~+*-]+");
    }
  }

  @Test
  void aRefusalIsNoDenialAndCutOnesAreNone() {
    Denial denial = new Denial(Denial.Reason.FROZEN, "alice", null, "by dana");
    assertThat(Denial.parse("purser-refusal-v1?reason=FROZEN&key=a&detail=b")).isEmpty();
    assertThat(Refusal.parse(denial.token())).isEmpty();
    assertThat(Denial.parse(denial.token().replace("&detail", "&retail"))).isEmpty();
    assertThat(Denial.parse(denial.token().replace("FROZEN", "MELTED"))).isEmpty();
    assertThat(Denial.parse("nothing")).isEmpty();
  }

  @Test
  void saysWhatWhoAndWhomToAsk() {
    assertThat(new Denial(
                Denial.Reason.MODEL_NOT_ALLOWED,
                "alice",
                "dana@acme.dev",
                "gpt-5; allowed: claude-*")
            .message())
        .isEqualTo("Refused: the virtual key may not call this model (key alice): gpt-5; allowed:"
            + " claude-*; owner dana@acme.dev");
    assertThat(new Denial(Denial.Reason.UNKNOWN_KEY, "", null, "").message())
        .isEqualTo("Refused: the virtual key is unknown");
  }

  @Test
  void isThrownWithItsFacts() {
    Denial denial = new Denial(Denial.Reason.REVOKED_KEY, "alice", null, "since yesterday");
    assertThatExceptionOfType(CallRefusedException.class)
        .isThrownBy(() -> new Admission.Denied(denial).orThrow())
        .withMessage(denial.message())
        .isInstanceOfSatisfying(
            CallDeniedException.class, e -> assertThat(e.denial()).isEqualTo(denial));
  }

  @Test
  void theGuardThatKeepsNothingLetsNoVirtualKeyGo() {
    Credential credential = Credential.of("purser_0123456789ab_" + "x".repeat(43));
    CallIntent call = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .credential(credential)
        .build();
    assertThat(BudgetGuard.noop().admit(call))
        .isInstanceOfSatisfying(
            Admission.Denied.class,
            denied -> assertThat(denied.denial().key()).isEqualTo("0123456789ab"));
    PassingCall models =
        new PassingCall("openai", "GET /v1/models", Attribution.NONE, credential, false);
    assertThat(BudgetGuard.noop().pass(models)).isInstanceOf(Admission.Denied.class);
    PassingCall others =
        new PassingCall("openai", "GET /v1/models", Attribution.NONE, Credential.of("sk-x"), false);
    assertThat(BudgetGuard.noop().pass(others)).isInstanceOf(Admission.Admitted.class);
  }
}
