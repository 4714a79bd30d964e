package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import dev.purser.http.RequestJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingBodyTest {

  /** A body that writes some bytes, in pieces, of a size that it states or not. */
  private record Body(
      String type, int size, boolean states, boolean repeatable, AtomicInteger closed)
      implements HttpRequestBody {

    @Override
    public void writeTo(OutputStream outputStream) {
      byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      try {
        for (int written = 0; written < size; written += piece.length) {
          outputStream.write(piece, 0, Math.min(piece.length, size - written));
        }
      } catch (IOException e) {
        throw new IllegalStateException("broken", e);
      }
    }

    @Override
    public String contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return states ? size : -1;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static Body body(String type, int size, boolean states, boolean repeatable) {
    return new Body(type, size, states, repeatable, new AtomicInteger());
  }

  private static HttpRequest with(HttpRequestBody body) {
    return HttpRequest.builder()
        .method(HttpMethod.POST)
        .baseUrl("https://h")
        .body(body)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void aBodyIsReadOnceAndSentAsItWas(boolean states, boolean repeatable) {
    Body original = body("application/json; charset=utf-8", 100_000, states, repeatable);
    HttpRequest request = with(original);

    OutgoingBody read = OutgoingBody.read(request, null);

    assertThat(read.json().unreadable()).isEmpty();
    assertThat(read.json().bytes()).hasSize(100_000);
    HttpRequestBody sent = read.in(request).body().orElseThrow();
    assertThat(sent.contentLength()).isEqualTo(100_000);
    assertThat(sent.repeatable()).isEqualTo(repeatable);
    assertThat(sent.contentType()).isEqualTo(original.type());
    assertThat(read.body().sent()).isFalse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sent.writeTo(out);
    assertThat(out.size()).isEqualTo(100_000);
    assertThat(read.body().sent()).isTrue();
    sent.close();
    assertThat(original.closed()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=secret", "text/plain"})
  void whatIsNoJsonIsNotLookedAt(String type) {
    OutgoingBody read = OutgoingBody.read(with(body(type, 10, true, true)), null);
    assertThat(read.body()).isNull();
    assertThat(read.json().unreadable()).startsWith("body of type ").doesNotContain("secret");
  }

  @Test
  void aBodyThatIsTooLargeIsGivenUpUnlessItIsTheOnlyCopy() {
    int size = RequestJson.MAX_BYTES + 1;
    assertThat(OutgoingBody.read(with(body("application/json", size, true, false)), null)
            .body())
        .isNull();
    assertThat(OutgoingBody.read(with(body("application/json", size, false, true)), null)
            .body())
        .isNull();

    OutgoingBody only = OutgoingBody.read(with(body("application/json", size, false, false)), null);

    assertThat(only.body().contentLength()).isEqualTo(size);
    assertThat(only.json().unreadable()).isEqualTo(RequestJson.TOO_LARGE);
  }

  @Test
  void aRequestWithoutABodyIsLookedAtAndStaysWithout() {
    HttpRequest get =
        HttpRequest.builder().method(HttpMethod.GET).baseUrl("https://h").build();

    OutgoingBody read = OutgoingBody.read(get, null);

    assertThat(read.json()).isEqualTo(RequestJson.NONE);
    assertThat(read.body()).isNotNull();
    assertThat(read.in(get).body()).isEmpty();
  }

  @Test
  void whatABodyThrowsIsItsOwn() {
    HttpRequestBody broken = new HttpRequestBody() {
      @Override
      public void writeTo(OutputStream outputStream) {
        throw new IllegalStateException("its own");
      }

      @Override
      public String contentType() {
        return "application/json";
      }

      @Override
      public long contentLength() {
        return -1;
      }

      @Override
      public boolean repeatable() {
        return true;
      }

      @Override
      public void close() {}
    };
    assertThatIllegalStateException()
        .isThrownBy(() -> OutgoingBody.read(with(broken), null))
        .withMessage("its own");
  }
}
