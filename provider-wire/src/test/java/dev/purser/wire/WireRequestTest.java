package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireRequestTest {

  @Test
  void itsTextHoldsNeitherTheKeyInAQueryNorTheBody() {
    WireRequest request = new WireRequest(
        "POST",
        "generativelanguage.googleapis.com",
        "/v1beta/openai/chat/completions",
        "key=SECRET",
        name -> "SECRET",
        "{\"content\":\"SECRET\"}".getBytes(UTF_8));

    assertThat(request)
        .hasToString(
            "POST generativelanguage.googleapis.com/v1beta/openai/chat/completions, 20 bytes");
  }
}
