package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request goes, as the SDK's HTTP client will read it. */
class RequestPartsTest {

  private static HttpRequest.Builder to(String baseUrl) {
    return HttpRequest.builder().method(HttpMethod.POST).baseUrl(baseUrl);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.anthropic.com, true, api.anthropic.com, 443, /v1/messages",
    "HTTPS://API.Anthropic.com/, true, api.anthropic.com, 443, /v1/messages",
    "http://127.0.0.1:8080, false, 127.0.0.1, 8080, /v1/messages",
    "http://llm_gateway:4000/anthropic/, false, llm_gateway, 4000, /anthropic/v1/messages",
    "http://[::1]:8080/a%20b, false, ::1, 8080, /a%20b/v1/messages",
  })
  void aUrlIsPutTogetherFromItsParts(
      String base, boolean secure, String host, int port, String path) {
    RequestParts parts =
        new RequestParts(to(base).addPathSegments("v1", "messages").build());

    assertThat(parts.secure()).isEqualTo(secure);
    assertThat(parts.host()).isEqualTo(host);
    assertThat(parts.port()).isEqualTo(port);
    assertThat(parts.encodedPath()).isEqualTo(path);
    assertThat(parts.encodedQuery()).isNull();
    assertThat(parts.certain()).isTrue();
  }

  /** Two readers of such a URL could disagree on who gets a credential. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example\\@api.anthropic.com",
        "https://api.anthropic.com%2eevil.example",
        "https://api.anthropic.com evil.example",
        "https://api.änthropic.com",
        "not a url",
      })
  void aBaseUrlThatIsNoneHasNoHost(String base) {
    assertThat(new RequestParts(to(base).build()).certain()).isFalse();
  }

  @Test
  void parametersOfTheBaseUrlAndOfTheRequestAreAllThere() {
    RequestParts parts = new RequestParts(
        to("https://h/x?key=a%2Fb&lone").putQueryParam("beta", "true & more").build());

    assertThat(parts.encodedQuery()).isEqualTo("key=a%2Fb&lone&beta=true%20%26%20more");
    assertThat(List.of(
            parts.parameterName(0) + "=" + parts.parameterValue(0),
            parts.parameterName(1) + "=" + parts.parameterValue(1),
            parts.parameterName(2) + "=" + parts.parameterValue(2)))
        .containsExactly("key=a/b", "lone=", "beta=true & more");
    assertThat(parts.parameterCount()).isEqualTo(3);
  }

  @Test
  void theLastValueOfAHeaderCountsWhateverItsCase() {
    RequestParts parts = new RequestParts(
        to("https://h").putHeader("X-Api-Key", "a").putHeader("x-api-key", "b").build());

    assertThat(parts.header("X-API-KEY")).isEqualTo("b");
    assertThat(parts.headers("x-api-key")).containsExactly("a", "b");
    assertThat(parts.toString()).isEqualTo("POST h");
  }
}
