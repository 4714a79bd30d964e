package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import java.io.InputStream;

/** An answer with other headers. */
record HiddenResponse(HttpResponse response, Headers headers) implements HttpResponse {

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public InputStream body() {
    return response.body();
  }

  @Override
  public void close() {
    response.close();
  }
}
