package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.purser.api.Attribution;
import dev.purser.api.Denial.Reason;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.VirtualKey;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.RecordedRequest;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User and team are the key's whatever a call says, so that a freeze of a session or team stops it. */
class WhomAKeysCallsCountForTest extends WithVirtualKey {

  /** {@inheritDoc} */
  @Override
  VirtualKey alice() {
    return super.alice()
        .user("alice@acme.dev")
        .taskClasses("routine", "review")
        .defaults(Attribution.NONE.tag("repo", "purser").tag("env", "ci"));
  }

  private Request alices(Map<String, String> headers) {
    return alices(server.url(CHAT).toString(), ASK, headers);
  }

  private Request alices(String url, String json, Map<String, String> headers) {
    Request.Builder request = new Request.Builder().url(url).post(RequestBody.create(json, JSON));
    headers.forEach(request::header);
    return withKey(request.build());
  }

  private Attribution counted(Map<String, String> headers) throws Exception {
    server.enqueue(json(ANSWER));
    assertThat(call(http, alices(headers)).code()).isEqualTo(200);
    RecordedRequest reached = reached();
    assertThat(reached.getHeaders().names())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-purser-"));
    purser.close();
    assertThat(records).hasSize(1);
    return records.get(0).attribution();
  }

  @Test
  void theKeysOwnUserAndTeamWhateverTheHeadersSay() throws Exception {
    Attribution who = counted(
        Map.of("x-purser-key", "bob", "x-purser-user", "mallory", "x-purser-team", "research"));

    assertThat(who.key()).isEqualTo("alice");
    assertThat(who.user()).isEqualTo("alice@acme.dev");
    assertThat(who.team()).isEqualTo("platform");
    assertThat(who.taskClass()).isEqualTo("routine");
    assertThat(who.tags()).isEqualTo(Map.of("repo", "purser", "env", "ci"));
  }

  @Test
  void aTaskClassOfItsListAndTagsThatTheCallStates() throws Exception {
    Attribution who = counted(
        Map.of("x-purser-task", "review", "x-purser-tag-repo", "site", "x-purser-tag-pr", "7"));

    assertThat(who.taskClass()).isEqualTo("review");
    assertThat(who.tags()).isEqualTo(Map.of("repo", "site", "env", "ci", "pr", "7"));
    assertThat(who.user()).isEqualTo("alice@acme.dev");
  }

  @Test
  void aTaskClassOutsideTheKeysListIsDenied() throws Exception {
    Answer answer = call(http, alices(Map.of("x-purser-task", "complex")));

    assertThat(answer.code()).isEqualTo(403);
    assertThat(answer.denial().reason()).isEqualTo(Reason.TASK_CLASS_NOT_ALLOWED);
    assertThat(answer.denial().detail()).contains("complex", "routine, review");
    assertReachedNobody();
    purser.close();
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.DENIED);
  }

  private static final Map<String, String> SUB_AGENT =
      Map.of("x-purser-session", "sub-agent-7", "x-purser-parent", "review-3,nightly");

  @ParameterizedTest
  @ValueSource(strings = {"nightly", "review-3", "sub-agent-7"})
  void aFreezeOfASessionStopsWhatSubAgentsOfItDo(String session) throws Exception {
    assertStopsOpenAndNewCalls(FreezeTarget.session(session), SUB_AGENT);
    assertGoesOn(alices(Map.of("x-purser-session", "another")));
  }

  @Test
  void aFreezeOfATeamStopsItsKeysCallsWhateverTeamTheyState() throws Exception {
    assertStopsOpenAndNewCalls(FreezeTarget.team("platform"), Map.of("x-purser-team", "research"));
    VirtualKey bob = VirtualKey.named("bob").team("research");
    String bobs = purser.keys().mint(bob, "dana").secret().reveal();
    assertGoesOn(ask(ASK).newBuilder().header("Authorization", "Bearer " + bobs).build());
  }

  private void assertStopsOpenAndNewCalls(FreezeTarget target, Map<String, String> headers)
      throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendStream(delta("The officer"));
      ScriptedServer.await(over);
    })) {
      credentials.put(provider.authority(), REAL);
      Request request = alices(provider.url(CHAT), ASK_STREAM, headers);
      try (Response response = http.newCall(request).execute()) {
        assertNothingReal(response);
        BufferedSource answer = response.body().source();
        assertThat(answer.readUtf8Line()).contains("The officer");

        assertThat(purser.freeze(target, "dana@acme.dev", "runaway loop")).isTrue();

        assertThatExceptionOfType(CallCutException.class)
            .isThrownBy(answer::readUtf8)
            .satisfies(cut -> {
              LeakWatch.show(cut);
              assertThat(cut.denial().reason()).isEqualTo(Reason.FROZEN);
              assertThat(cut.denial().detail()).contains(target.toString(), "runaway loop");
            });
      } finally {
        over.countDown();
      }
    }
    Answer next = call(http, alices(headers));
    assertThat(next.code()).isEqualTo(403);
    assertThat(next.denial().reason()).isEqualTo(Reason.FROZEN);
    assertReachedNobody();
  }

  private void assertGoesOn(Request request) throws Exception {
    server.enqueue(json(ANSWER));
    assertThat(call(http, request).code()).isEqualTo(200);
    reached();
    purser.close();
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.ESTIMATED, Outcome.DENIED, Outcome.SETTLED);
    assertThat(records.get(0).reason()).isEqualTo("frozen");
    records.forEach(LeakWatch::show);
  }
}
