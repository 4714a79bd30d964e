package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed body must leave as it is: the provider would reject any other. */
class SignedBodyTest extends OverHttp {

  private void assertLeavesAsItIs(Request request, String body) throws Exception {
    guard.cap(7);
    server.enqueue(json(ANSWER));
    send(request);
    assertThat(guard.onlyIntent().capAdjustable()).isFalse();
    assertThat(guard.onlyIntent().modelAdjustable()).isFalse();
    assertThat(text(received())).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | AWS4-HMAC-SHA256 Credential=AKIA1/20261123/x, Signature=ab",
        "Authorization | AWS4-ECDSA-P256-SHA256 Credential=AKIA1/20261123, Signature=ab",
        "x-amz-content-sha256 | ab12",
        "X-Content-Sha256 | ab12",
        "content-digest | sha-256=:ab12=:",
        "Digest | SHA-256=ab12",
        "Content-MD5 | ab12"
      })
  void aSignatureOrDigestInAHeaderForbidsEveryEdit(String header, String value) throws Exception {
    for (String body : new String[] {ASK, ASK_STREAM}) {
      guard.intents.clear();
      assertLeavesAsItIs(ask(body).newBuilder().header(header, value).build(), body);
    }
  }

  @Test
  void aSignatureInTheQueryForbidsEveryEdit() throws Exception {
    Request request = ask(ASK_STREAM);
    HttpUrl signed =
        request.url().newBuilder().addQueryParameter("X-Amz-Signature", "ab12").build();
    assertLeavesAsItIs(request.newBuilder().url(signed).build(), ASK_STREAM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer sk-1", "Bearer AWS4-HMAC"})
  void aTokenIsNoSignature(String authorization) throws Exception {
    guard.cap(7);
    server.enqueue(json(ANSWER));
    send(ask(ASK).newBuilder().header("Authorization", authorization).build());
    assertThat(text(received())).isEqualTo(ASK.replace(":50", ":7"));
  }
}
