package dev.purser.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What all ways to use OkHttp have in common. */
abstract class OkHttpContract extends ClientContract {

  private static final MediaType JSON = MediaType.get("application/json");

  /** The compiler would put the constant of its own class path here. */
  private static String version() {
    try {
      return (String) OkHttp.class.getField("VERSION").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no version", e);
    }
  }

  static Kind kind(String mode) {
    return new Kind(
        "OkHttp " + version(), mode, "`addInterceptor(new BudgetInterceptor(purser))`", Api.OPENAI);
  }

  @Test
  void isTheVersionThatThisRunIsAbout() {
    assertThat(version()).isEqualTo(System.getProperty("okhttp.expected"));
  }

  static OkHttpClient http(Purser purser) {
    return new OkHttpClient.Builder()
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
  }

  static Request.Builder request(Provider at, Prompt prompt, boolean stream) {
    return new Request.Builder()
        .url(at.url("/v1/chat/completions"))
        .header("Authorization", "Bearer sk-loopback")
        .post(RequestBody.create(RawChat.body(prompt, stream), JSON));
  }

  static String text(Response response) throws IOException {
    try (response) {
      return RawChat.text(response.code(), response.body().string());
    }
  }

  static void close(OkHttpClient http) {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
