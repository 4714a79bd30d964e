package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import dev.purser.http.RefusedAnswer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** An answer to a request that never left. */
record OwnResponse(int statusCode, Headers headers, InputStream body) implements HttpResponse {

  static OwnResponse of(RefusedAnswer refused) {
    Headers.Builder headers = Headers.builder();
    refused.headers().forEach(headers::put);
    return new OwnResponse(
        refused.status(),
        headers.build(),
        new ByteArrayInputStream(refused.body().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {}
}
