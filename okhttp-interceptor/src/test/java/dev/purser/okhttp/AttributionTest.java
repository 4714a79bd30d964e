package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Credential;
import dev.purser.http.Secrets;
import java.io.IOException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

class AttributionTest extends OverHttp {

  @Test
  void headersAttributeTheCallAndNeverLeave() throws Exception {
    server.enqueue(json(ANSWER));
    send(ask(ASK)
        .newBuilder()
        .header("X-Purser-Key", "alice")
        .header("x-purser-user", "a.liddell")
        .header("x-purser-team", "platform")
        .header("x-purser-session", "fix-1234")
        .header("X-Purser-Parent", "release-7")
        .header("x-purser-task", "complex")
        .header("x-purser-tag-repo", "wonder/land")
        .header("x-purser-unknown", "?")
        .header("x-kept", "yes")
        .build());

    assertThat(guard.onlyIntent().attribution())
        .isEqualTo(Attribution.key("alice")
            .user("a.liddell")
            .team("platform")
            .session("fix-1234")
            .parent("release-7")
            .taskClass("complex")
            .tag("repo", "wonder/land"));
    RecordedRequest received = received();
    assertThat(received.getHeaders().names()).noneMatch(name -> name.startsWith("x-purser"));
    assertThat(received.getHeaders().names()).noneMatch(name -> name.startsWith("X-Purser"));
    assertThat(received.getHeader("x-kept")).isEqualTo("yes");
  }

  @Test
  void headersNeverLeaveWithARequestThatIsNoCallEither() throws Exception {
    server.enqueue(new MockResponse());
    send(to("/v1/models").header("x-purser-key", "alice").build());
    assertThat(received().getHeader("x-purser-key")).isNull();
  }

  @Test
  void headersComeBeforeTheTagBeforeTheSessionOfTheRequestBeforeTheScope() throws Exception {
    server.enqueue(json(ANSWER));
    Request request = ask(ASK)
        .newBuilder()
        .header("x-purser-key", "of header")
        .header("Helicone-Session-Id", "of request")
        .tag(Attribution.class, Attribution.key("of tag").team("of tag"))
        .build();
    try (AttributionScope scope = Attribution.key("of scope")
        .team("of scope")
        .session("of scope")
        .user("of scope")
        .open()) {
      send(request);
      assertThat(guard.onlyIntent().scope()).isSameAs(scope);
    }
    assertThat(guard.onlyIntent().attribution())
        .isEqualTo(Attribution.key("of header")
            .team("of tag")
            .session("of request")
            .parent("of scope")
            .user("of scope"));
  }

  @Test
  void aSessionThatTheCallerStatesComesBeforeThatOfTheRequest() throws Exception {
    server.enqueue(json(ANSWER));
    send(ask(ASK)
        .newBuilder()
        .header("Helicone-Session-Id", "of request")
        .tag(Attribution.class, Attribution.NONE.session("of tag"))
        .build());
    assertThat(guard.onlyIntent().attribution()).isEqualTo(Attribution.NONE.session("of tag"));
  }

  /** What a call is attributed to that leaves in the session "run", a part of "root". */
  private Attribution inScope(String... headers) throws Exception {
    server.enqueue(json(ANSWER));
    Request request = ask(ASK).newBuilder().headers(Headers.of(headers)).build();
    try (AttributionScope run = Attribution.NONE.session("run").parent("root").open()) {
      send(request);
      assertThat(run.attribution().parent()).isEqualTo("root");
    }
    return guard.onlyIntent().attribution();
  }

  @Test
  void aSessionAndItsParentInHeadersGoBeforeThoseOfTheScope() throws Exception {
    assertThat(inScope("x-purser-session", "sub", "x-purser-parent", "elsewhere"))
        .isEqualTo(Attribution.NONE.session("sub").parent("elsewhere"));
  }

  @Test
  void aSessionInHeadersIsAPartOfTheScopes() throws Exception {
    assertThat(inScope("x-purser-session", "sub"))
        .isEqualTo(Attribution.NONE.session("sub").ancestors(List.of("run", "root")));
  }

  @Test
  void theScopesSessionInHeadersKeepsTheScopesParent() throws Exception {
    assertThat(inScope("x-purser-session", "run"))
        .isEqualTo(Attribution.NONE.session("run").parent("root"));
  }

  @Test
  void aParentAloneInHeadersIsThatOfTheSessionThatIsFound() throws Exception {
    assertThat(inScope("x-purser-parent", "elsewhere"))
        .isEqualTo(Attribution.NONE.session("run").parent("elsewhere"));
  }

  @Test
  void aParentInHeadersGoesWithTheSessionOfTheRequest() throws Exception {
    assertThat(inScope("x-purser-parent", "elsewhere", "Helicone-Session-Id", "sub"))
        .isEqualTo(Attribution.NONE.session("sub").parent("elsewhere"));
  }

  @Test
  void aSecondNameForTheSessionOfTheRequestDoesNotCutItOffTheScope() throws Exception {
    assertThat(inScope("x-purser-session", "sub", "Helicone-Session-Id", "other name"))
        .isEqualTo(Attribution.NONE.session("sub").ancestors(List.of("run", "root")));
  }

  @Test
  void blankValuesSayNothing() throws Exception {
    server.enqueue(json(ANSWER));
    send(ask(ASK)
        .newBuilder()
        .header("x-purser-key", "")
        .header("x-purser-team", "%20")
        .header("x-purser-tag-", "no name")
        .build());
    assertThat(guard.onlyIntent().attribution()).isEqualTo(Attribution.NONE);
  }

  @Test
  void theCredentialIsKnownByItsDigest() throws Exception {
    assertThat(credentialOf("Authorization", "Bearer sk-1")).isEqualTo(Credential.of("sk-1"));
    assertThat(credentialOf("Authorization", "bearer  sk-1 ")).isEqualTo(Credential.of("sk-1"));
    assertThat(credentialOf("x-api-key", "sk-2")).isEqualTo(Credential.of("sk-2"));
    assertThat(credentialOf("api-key", "sk-3")).isEqualTo(Credential.of("sk-3"));
    assertThat(credentialOf("x-goog-api-key", "sk-4")).isEqualTo(Credential.of("sk-4"));
    assertThat(credentialOf("x-other", "sk-5")).isNull();
    assertThat(Secrets.credential(new RequestParts(to(CHAT + "?key=sk-6").build())))
        .isEqualTo(Credential.of("sk-6"));
  }

  @Test
  void everySignatureOfOneKeyIsTheSameCredential() throws Exception {
    String head = "AWS4-HMAC-SHA256 Credential=AKIA1/2026";
    assertThat(credentialOf("Authorization", head + "1123/eu/bedrock, Signature=aa"))
        .isEqualTo(credentialOf("Authorization", head + "1124/eu/bedrock, Signature=bb"))
        .isNotEqualTo(
            credentialOf("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA2/2026, Signature=aa"));
  }

  private Credential credentialOf(String header, String value) throws IOException {
    return Secrets.credential(
        new RequestParts(ask(ASK).newBuilder().header(header, value).build()));
  }
}
