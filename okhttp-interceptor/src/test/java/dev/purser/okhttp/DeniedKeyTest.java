package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.FreezeTarget;
import dev.purser.api.KeySecret;
import dev.purser.api.PassingCall;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.VirtualKey;
import dev.purser.spi.CredentialSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are no good are answered with 401, what a key may not do with 403, and nothing leaves. */
class DeniedKeyTest extends WithVirtualKey {

  private static final RequestBody EMPTY = RequestBody.create("{}", JSON);

  private void assertDenied(Answer answer, int code, Reason reason) {
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.denial().reason()).isEqualTo(reason);
    assertReachedNobody();
  }

  private Request with(String secret, Request request) {
    return request.newBuilder().header("Authorization", "Bearer " + secret).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, "/v1/embeddings", "/v1/models"})
  void anUnknownKey(String path) throws Exception {
    Request.Builder request = to(path);
    if (!path.endsWith("models")) {
      request.post(RequestBody.create(ASK, JSON));
    }
    String unknown = KeySecret.next(new SecureRandom()).reveal();

    assertDenied(call(http, with(unknown, request.build())), 401, Reason.UNKNOWN_KEY);
    assertDenied(call(http, with("purser_nonsense", request.build())), 401, Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, "/v1/embeddings"})
  void anExpiredKey(String path) throws Exception {
    VirtualKey bob = VirtualKey.named("bob").expires(NOW.plusSeconds(60));
    String secret = purser.keys().mint(bob, "dana").secret().reveal();
    now = NOW.plusSeconds(60);
    Request request = to(path).post(RequestBody.create(ASK, JSON)).build();

    assertDenied(call(http, with(secret, request)), 401, Reason.EXPIRED_KEY);
  }

  @Test
  void aRevokedKeyAndOneWhoseSecretWasReplaced() throws Exception {
    String next =
        purser.keys().rotate("alice", Duration.ZERO, "dana", "leaked").secret().reveal();
    assertDenied(call(http, withKey(ask(ASK))), 401, Reason.EXPIRED_KEY);
    assertThat(purser.keys().revoke("alice", "dana", "gone")).isTrue();
    assertDenied(call(http, with(next, ask(ASK))), 401, Reason.REVOKED_KEY);
  }

  @Test
  void aModelOutsideTheKeysList() throws Exception {
    VirtualKey bob = VirtualKey.named("bob").models("gpt-4o-mini");
    String secret = purser.keys().mint(bob, "dana").secret().reveal();

    Answer answer = call(http, with(secret, ask(ASK)));

    assertDenied(answer, 403, Reason.MODEL_NOT_ALLOWED);
    assertThat(answer.denial().detail()).contains("gpt-4o", "gpt-4o-mini");
    Request embeddings = to("/v1/embeddings").post(EMPTY).build();
    assertDenied(call(http, with(secret, embeddings)), 403, Reason.MODEL_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"models\":[\"openai/o1-pro\"]",
        "\"fallbacks\":[\"gpt-4o-mini\",\"o1-pro\"]",
        "\"fallbacks\":[{\"model\":\"o1-pro\"}]",
        "\"context_window_fallbacks\":[{\"gpt-4o-mini\":[\"o1-pro\"]}]",
        "\"content_policy_fallbacks\":\"o1-pro\""
      })
  void aModelOutsideTheKeysListToFallBackTo(String field) throws Exception {
    Answer answer = call(http, ofMinis(ask(ASK_MINI.replace("{", "{" + field + ","))));

    assertDenied(answer, 403, Reason.MODEL_NOT_ALLOWED);
    assertDeniedOnly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-portkey-config", "Helicone-Fallbacks"})
  void aHeaderThatLetsAnyModelAnswerAKeyWithAList(String header) throws Exception {
    Request request =
        ofMinis(ask(ASK_MINI)).newBuilder().header(header, "pc-prod-1").build();

    assertDenied(call(http, request), 403, Reason.MODEL_NOT_ALLOWED);
    server.enqueue(json(ANSWER));
    assertThat(call(http, withKey(request)).code()).isEqualTo(200); // which has no list
  }

  @Test
  void aModelOfTheKeysListToFallBackToIsNotDenied() throws Exception {
    server.enqueue(json(ANSWER));
    String asked = ASK_MINI.replace("{", "{\"fallbacks\":[\"gpt-4o-mini\"],");

    assertThat(call(http, ofMinis(ask(asked))).code()).isEqualTo(200);
    assertThat(text(reached())).isEqualTo(asked);
  }

  private static final String ASK_MINI = "{\"model\":\"gpt-4o-mini\",\"messages\":[]}";

  private Request ofMinis(Request request) {
    VirtualKey minis = VirtualKey.named("minis").models("gpt-4o-mini");
    return with(purser.keys().mint(minis, "dana").secret().reveal(), request);
  }

  @Test
  void aFrozenKeyMayNotEvenList() throws Exception {
    purser.freeze(FreezeTarget.key("alice"), "dana", "runaway");

    assertDenied(call(http, withKey(to("/v1/models").build())), 403, Reason.FROZEN);
    assertDenied(call(http, withKey(ask(ASK))), 403, Reason.FROZEN);
  }

  /** Whoever is frozen is, with an ordinary credential too, where a provider would bill the call. */
  @Test
  void anOrdinaryCallThatNobodyCanMeterIsStoppedByAFreeze() throws Exception {
    purser.freeze(FreezeTarget.everything(), "dana", "incident");
    Request batch = new Request.Builder()
        .url("http://api.openai.com:" + server.getPort() + "/v1/batches")
        .post(EMPTY)
        .build();

    assertDenied(call(anywhere(), batch), 403, Reason.FROZEN);
    assertDenied(call(http, to(CHAT).post(EMPTY).build()), 403, Reason.FROZEN);
  }

  @Test
  void theAnswerHasTheShapeOfWhomItWasFor() throws Exception {
    purser.keys().revoke("alice", "dana", "gone");
    String openai = at("https://api.openai.com/v1/embeddings");
    String anthropic = at("https://api.anthropic.com/v1/messages");
    String google = at("https://generativelanguage.googleapis.com/v1beta/models/x:generateContent");
    String cohere = at("https://api.cohere.com/v2/chat");

    assertThat(openai)
        .contains("\"type\":\"invalid_request_error\"", "\"code\":\"invalid_api_key\"");
    assertThat(anthropic).startsWith("{\"type\":\"error\",").contains("\"authentication_error\"");
    assertThat(google).contains("\"code\":401", "\"status\":\"UNAUTHENTICATED\"");
    assertThat(cohere).startsWith("{\"message\":");
    assertReachedNobody();
  }

  private String at(String url) throws IOException {
    Answer answer =
        call(overTls(), withKey(new Request.Builder().url(url).post(EMPTY).build()));
    assertThat(answer.code()).isEqualTo(401);
    assertThat(answer.denial().reason()).isEqualTo(Reason.REVOKED_KEY);
    return answer.body();
  }

  @Test
  void twoKeysAreNone() throws Exception {
    String bobs = purser.keys().mint(VirtualKey.named("bob"), "dana").secret().reveal();
    Request request = withKey(ask(ASK)).newBuilder().header("x-api-key", bobs).build();

    assertDenied(call(http, request), 401, Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"User-Agent", "Cookie", "Helicone-Session-Id", "x-acme-key"})
  void aKeyInAHeaderThatNobodyReadsDoesNotLeave(String header) throws Exception {
    Request request = withKey(ask(ASK)).newBuilder().header(header, "x " + key).build();

    Answer answer = call(http, request);

    assertDenied(answer, 401, Reason.NO_CREDENTIAL);
    assertThat(answer.denial().detail()).contains(header);
    assertDeniedOnly(1);
  }

  @Test
  void aKeyAsAPasswordDoesNotLeave() throws Exception {
    for (Request request : new Request[] {ask(ASK), to("/v1/models").build()}) {
      Request basic = request
          .newBuilder()
          .header("Authorization", Credentials.basic("x", key))
          .build();

      Answer answer = call(http, basic);

      assertDenied(answer, 401, Reason.NO_CREDENTIAL);
      assertThat(answer.denial().detail()).contains("Basic", "Authorization");
    }
    assertDeniedOnly(2);
  }

  @Test
  void anOrdinaryPasswordLeaves() throws Exception {
    server.enqueue(json(ANSWER));
    String basic = Credentials.basic("x", "an-ordinary-one");

    Request request = ask(ASK).newBuilder().header("Authorization", basic).build();
    assertThat(call(http, request).code()).isEqualTo(200);

    assertThat(reached().getHeader("Authorization")).isEqualTo(basic);
  }

  @Test
  void aKeyInThePathDoesNotLeave() throws Exception {
    assertDenied(call(http, to("/v1/" + key).build()), 401, Reason.NO_CREDENTIAL);
    assertDenied(call(http, to("/v1/%70" + key.substring(1)).build()), 401, Reason.NO_CREDENTIAL);
    assertDeniedOnly(2);
  }

  private void assertDeniedOnly(int times) {
    purser.close();
    assertThat(records).hasSize(times).allSatisfy(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.DENIED);
      assertThat(record.toString()).doesNotContain(key.substring(20));
    });
  }

  @Test
  void whatAServerMaySendBackIsNotSent() throws Exception {
    Request trace = withKey(to("/v1/models").method("TRACE", null).build());
    assertDenied(call(http, trace), 401, Reason.NO_CREDENTIAL);
    assertReachedNobody();
  }

  @Test
  void aRequestByAnotherMethodThanThoseThatOnlyAskMayBeBilledAndIsHeldToTheList() throws Exception {
    key = purser
        .keys()
        .mint(VirtualKey.named("mini").models("gpt-4o-mini"), "dana")
        .secret()
        .reveal();
    for (String method : new String[] {"post", "PUT", "PATCH"}) {
      Request request = withKey(to("/v1/images/generations")
          .method(method, RequestBody.create(ASK, JSON))
          .build());
      assertDenied(call(http, request), 403, Reason.MODEL_NOT_ALLOWED);
    }
    assertReachedNobody();
  }

  @Test
  void noSourceAtAll() throws Exception {
    OkHttpClient without = client(new BudgetInterceptor(purser));

    Answer answer = call(without, withKey(ask(ASK)));

    assertDenied(answer, 401, Reason.NO_CREDENTIAL);
    assertThat(answer.denial().key()).isEqualTo("alice");
    assertDenied(call(without, withKey(to("/v1/models").build())), 401, Reason.NO_CREDENTIAL);
    assertReleased();
  }

  @Test
  void aSourceThatHasNone() throws Exception {
    credentials.clear();

    Answer answer = call(http, withKey(ask(ASK)));

    assertDenied(answer, 401, Reason.NO_CREDENTIAL);
    assertThat(answer.denial().detail())
        .contains(server.getHostName() + ":" + server.getPort(), "bound");
    assertReleased();
  }

  @Test
  void aSourceThatThrows() throws Exception {
    CredentialSource broken = upstream -> {
      throw new IllegalStateException("vault says " + REAL);
    };
    OkHttpClient failing = client(swapping().credentials(broken).build());

    Answer answer = call(failing, withKey(ask(ASK)));

    assertDenied(answer, 401, Reason.NO_CREDENTIAL);
    assertThat(answer.denial().detail()).endsWith("java.lang.IllegalStateException");
    assertDenied(call(failing, withKey(to("/v1/models").build())), 401, Reason.NO_CREDENTIAL);
    assertReleased();
  }

  private void assertReleased() {
    purser.close();
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .contains(Outcome.DENIED)
        .containsOnly(Outcome.RELEASED, Outcome.DENIED);
  }

  @Test
  void whoAskedForExceptionsGetsOne() {
    OkHttpClient throwing = client(swapping().throwRefusals(true).build());
    credentials.clear();

    assertThat(thrownBy(throwing, withKey(ask(ASK))).reason()).isEqualTo(Reason.NO_CREDENTIAL);
    assertThat(thrownBy(throwing, withKey(to("/v1/models").build())).reason())
        .isEqualTo(Reason.NO_CREDENTIAL);
    purser.keys().revoke("alice", "dana", "gone");
    assertThat(thrownBy(throwing, withKey(ask(ASK))).reason()).isEqualTo(Reason.REVOKED_KEY);
    assertThat(thrownBy(throwing, withKey(to("/v1/models").build())).reason())
        .isEqualTo(Reason.REVOKED_KEY);
    assertThat(thrownBy(throwing, to("/v1/" + key).build()).reason())
        .isEqualTo(Reason.NO_CREDENTIAL);
    assertReachedNobody();
  }

  private Denial thrownBy(OkHttpClient client, Request request) {
    CallDeniedException thrown =
        catchThrowableOfType(CallDeniedException.class, () -> call(client, request));
    assertThat(thrown).isNotNull();
    return thrown.denial();
  }

  /** It may be any key: without a guard that vouches for it, there is nothing to swap it for. */
  @Test
  void aGuardThatFailsLetsEveryCallPassButThoseWithAVirtualKey() throws Exception {
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
      public void unmetered(UnmeteredCall call) {}
    };
    OkHttpClient unguarded =
        client(BudgetInterceptor.builder(broken).credentials(source()).build());

    for (Request request :
        new Request[] {ask(ASK), to(CHAT).post(EMPTY).build(), to("/v1/models").build()}) {
      Answer answer = call(unguarded, withKey(request));
      assertDenied(answer, 401, Reason.UNKNOWN_KEY);
      assertThat(answer.denial().detail()).contains("could not be verified");
    }
    server.enqueue(json(ANSWER));
    server.enqueue(json("{}"));
    assertThat(call(unguarded, ask(ASK)).body()).isEqualTo(ANSWER);
    assertThat(call(unguarded, to(CHAT).post(EMPTY).build()).body()).isEqualTo("{}");
  }

  @Test
  void aGuardThatOnlyCannotNameTheKeyDoesNotBreakTheCall() throws Exception {
    server.enqueue(json(ANSWER));
    BudgetGuard nameless = new BudgetGuard() {
      @Override
      public Admission admit(CallIntent intent) {
        return purser.admit(intent);
      }

      @Override
      public Admission pass(PassingCall call) {
        return purser.pass(call);
      }

      @Override
      public void unmetered(UnmeteredCall call) {
        purser.unmetered(call);
      }

      @Override
      public Optional<String> keyName(dev.purser.api.Credential credential) {
        throw new IllegalStateException("broken");
      }
    };
    OkHttpClient client =
        client(BudgetInterceptor.builder(nameless).credentials(source()).build());

    assertThat(call(client, withKey(ask(ASK))).code()).isEqualTo(200);
    assertThat(asked.get(0).key()).hasSize(12);
    assertThat(key).contains(asked.get(0).key());
  }
}
