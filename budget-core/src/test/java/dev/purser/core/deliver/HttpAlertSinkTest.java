package dev.purser.core.deliver;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.sun.net.httpserver.HttpServer;
import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Alert.Severity;
import dev.purser.api.Secret;
import dev.purser.spi.AlertSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against an endpoint that asks for what the vendors' pages do. */
class HttpAlertSinkTest {

  private static final String SECRET_PATH = "/services/T00000000/B00000000/secret";
  private static final PostOptions QUICK =
      new PostOptions(Duration.ofSeconds(2), 3, Duration.ofMillis(10), Duration.ofMillis(1_500));
  private static final Alert PAGE = new Alert(
          Kind.SESSION_BURN,
          "night <1>",
          "session night <1> has spent $21 within an hour, more than $20",
          Instant.parse("2026-11-27T18:09:50Z"))
      .severity(Severity.PAGE)
      .owner("dana@acme.dev")
      .once("session burn|night <1>|2026-11-27 $20", Instant.parse("2026-11-28T00:00:00Z"))
      .facts(Map.of("spent within an hour", "$21"))
      .from(List.of("night <1> $21"), List.of("anthropic/claude-opus-4-6 $21"))
      .next("freeze the session");
  private static final Alert NOTICE = PAGE.severity(Severity.NOTICE);

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private void answers(String path, ResponseDefinitionBuilder... answers) {
    String state = STARTED;
    for (int i = 0; i < answers.length; i++) {
      // The last one is given for ever.
      String next = i == answers.length - 1 ? state : "after " + i;
      server.stubFor(post(urlEqualTo(path))
          .inScenario(path)
          .whenScenarioStateIs(state)
          .willReturn(answers[i])
          .willSetStateTo(next));
      state = next;
    }
  }

  @Test
  void aWebHookGetsAllOfAnAlert() {
    server.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(204)));
    AlertSink sink = HttpAlertSink.webhook(at("/hook"), Secret.of("bearer-secret"), QUICK);

    sink.accept(PAGE);
    sink.resolved(PAGE);

    String all =
        "{\"version\":1,\"kind\":\"session_burn\",\"severity\":\"page\",\"subject\":\"night <1>\","
            + "\"owner\":\"dana@acme.dev\",\"message\":\"session night <1> has spent $21 within an hour,"
            + " more than $20\",\"key\":\"session burn|night <1>|2026-11-27 $20\","
            + "\"facts\":{\"spent within an hour\":\"$21\"},\"sessions\":[\"night <1> $21\"],"
            + "\"models\":[\"anthropic/claude-opus-4-6 $21\"],\"next\":[\"freeze the session\"],"
            + "\"at\":\"2026-11-27T18:09:50Z\",\"until\":\"2026-11-28T00:00:00Z\",\"event\":\"EVENT\"}";
    for (String event : List.of("alert", "resolved")) {
      server.verify(
          1,
          postRequestedFor(urlEqualTo("/hook"))
              .withHeader("Authorization", equalTo("Bearer bearer-secret"))
              .withHeader("Content-Type", equalTo("application/json"))
              .withRequestBody(equalToJson(all.replace("EVENT", event))));
    }
  }

  @Test
  void slackGetsATextWhoseSpecialCharactersAreEscaped() {
    server.stubFor(post(urlEqualTo(SECRET_PATH)).willReturn(aResponse().withBody("ok")));

    HttpAlertSink.slack(at(SECRET_PATH), QUICK).accept(PAGE);

    server.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET_PATH))
            .withRequestBody(matchingJsonPath("$.text", containing("session night &lt;1&gt; has")))
            .withRequestBody(matchingJsonPath("$.text", containing("for dana@acme.dev")))
            .withRequestBody(matchingJsonPath("$.text", containing("freeze the session"))));
  }

  @Test
  void pagerDutyIsTriggeredAndResolvedUnderOneKeyAndHearsOfNoNotice() {
    server.stubFor(post(urlEqualTo("/v2/enqueue"))
        .willReturn(aResponse()
            .withStatus(202)
            .withBody("{\"status\":\"success\",\"message\":\"Event processed\"}")));
    AlertSink sink = HttpAlertSink.pagerDuty(at("/v2/enqueue"), Secret.of("R0UT1NG"), QUICK);

    sink.accept(NOTICE);
    sink.resolved(NOTICE);
    sink.accept(PAGE);
    sink.resolved(PAGE);

    server.verify(2, postRequestedFor(urlEqualTo("/v2/enqueue")));
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v2/enqueue"))
            .withRequestBody(matchingJsonPath("$.routing_key", equalTo("R0UT1NG")))
            .withRequestBody(matchingJsonPath("$.event_action", equalTo("trigger")))
            .withRequestBody(matchingJsonPath("$.dedup_key", equalTo(PAGE.key())))
            .withRequestBody(matchingJsonPath("$.payload.summary", equalTo(PAGE.message())))
            .withRequestBody(matchingJsonPath("$.payload.source", equalTo("night <1>")))
            .withRequestBody(matchingJsonPath("$.payload.severity", equalTo("critical")))
            .withRequestBody(
                matchingJsonPath("$.payload.custom_details.owner", equalTo("dana@acme.dev"))));
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v2/enqueue"))
            .withRequestBody(matchingJsonPath("$.event_action", equalTo("resolve")))
            .withRequestBody(matchingJsonPath("$.dedup_key", equalTo(PAGE.key())))
            .withRequestBody(matchingJsonPath("$.payload", absent())));
  }

  @Test
  void aKeyThatIsTooLongForPagerDutyStaysItsOwn() {
    PagerDutyForm form = new PagerDutyForm(Secret.of("R0UT1NG"));
    Alert one = PAGE.once("x".repeat(300) + "1", null);
    Alert other = PAGE.once("x".repeat(300) + "2", null);

    String key = form.told(one).get("dedup_key").textValue();

    assertThat(key)
        .hasSizeLessThan(256)
        .isEqualTo(form.over(one).get("dedup_key").textValue());
    assertThat(form.told(other).get("dedup_key").textValue()).isNotEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void whatMayPassIsTriedAgain(int status) {
    answers("/hook", aResponse().withStatus(status), aResponse().withStatus(200));

    HttpAlertSink.webhook(at("/hook"), null, QUICK).accept(PAGE);

    server.verify(2, postRequestedFor(urlEqualTo("/hook")));
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "1, 2", "7, 7", "600, 60", "soon, 2", "-1, 2"})
  void anAnswerMaySayHowLongToWait(String retryAfter, int seconds) {
    Duration own = Duration.ofSeconds(2);

    assertThat(Post.pause(own, retryAfter, Duration.ofMinutes(1)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410})
  void whatIsWrongIsNotTriedAgainAndTheAddressIsNoWhere(int status) {
    server.stubFor(post(urlEqualTo(SECRET_PATH)).willReturn(aResponse().withStatus(status)));
    AlertSink sink = HttpAlertSink.slack(at(SECRET_PATH), QUICK);

    assertThatThrownBy(() -> sink.accept(PAGE))
        .hasMessage("an alert for slack was answered with " + status)
        .hasStackTraceContaining("slack")
        .satisfies(HttpAlertSinkTest::assertSaysNoSecret);
    server.verify(1, postRequestedFor(urlEqualTo(SECRET_PATH)));
    assertThat(sink).hasToString("HttpAlertSink[slack]");
  }

  private static void assertSaysNoSecret(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(String.valueOf(each.getMessage())).doesNotContain("secret").doesNotContain("T000");
    }
  }

  @Test
  void anEndpointThatCutsTheConnectionIsTriedAgainAndGivenUp() {
    server.stubFor(post(urlEqualTo(SECRET_PATH))
        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    AlertSink sink = HttpAlertSink.slack(at(SECRET_PATH), QUICK);

    assertThatThrownBy(() -> sink.accept(PAGE))
        .hasMessageStartingWith("an alert for slack could not be sent: ")
        .satisfies(HttpAlertSinkTest::assertSaysNoSecret);
    server.verify(3, postRequestedFor(urlEqualTo(SECRET_PATH)));
  }

  @Test
  void anEndpointThatNeverAnswersIsGivenUp() {
    server.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withFixedDelay(60_000)));
    PostOptions impatient =
        new PostOptions(Duration.ofMillis(200), 2, Duration.ofMillis(10), Duration.ofMillis(10));
    AlertSink sink = HttpAlertSink.webhook(at("/hook"), null, impatient);

    assertThatThrownBy(() -> sink.accept(PAGE)).hasMessageContaining("could not be sent: ");
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUp() throws IOException {
    HttpServer endless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endless.createContext("/hook", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('.');
      exchange.getResponseBody().flush();
    });
    endless.start();
    try {
      PostOptions impatient =
          new PostOptions(Duration.ofMillis(200), 2, Duration.ofMillis(10), Duration.ofMillis(10));
      URI hook = URI.create("http://127.0.0.1:" + endless.getAddress().getPort() + "/hook");
      AlertSink sink = HttpAlertSink.webhook(hook, null, impatient);

      assertThatThrownBy(() -> sink.accept(PAGE))
          .hasMessageContaining("could not be sent: no whole answer within PT0.2S");
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void aTokenThatNoHeaderMayHaveIsRefusedAtOnceAndNotQuoted() {
    Secret token = Secret.of("tok-12345\n");
    assertThatThrownBy(() -> HttpAlertSink.webhook(at("/hook"), token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an end of line")
        .hasMessageNotContaining("12345");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://acme.dev/x", "hooks.slack.com/services/T1", "https:///x"})
  void anAddressThatIsNoneIsRefusedAtOnceAndNotQuoted(String address) {
    assertThatThrownBy(() -> HttpAlertSink.slack(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("slack: the address must begin with")
        .hasMessageNotContaining("acme")
        .hasMessageNotContaining("T1");
  }
}
