package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLifeTest {

  @Test
  void playsTheWholeLifeOfAKey() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Demo.run(List.of("--keys"), print, System.err)).isZero();
    String said = out.toString(StandardCharsets.UTF_8);
    // The stream that was frozen costs its input and what had come of it, which the network
    // decides.
    assertThat(said.replaceFirst("\\$1\\.1[0-9]+ of", "\\$1.1… of").lines())
        .containsExactly(
            "minted: VirtualKey alice {key=alice, team=platform}",
            "a call: 71999 characters",
            "the provider saw the real credential only: true",
            "a model outside of its list: 403 PermissionDeniedException",
            "a second call: 71999 characters",
            "a third, beyond the cap: 402 UnexpectedStatusCodeException",
            "the same after a grant: 71999 characters",
            "a stream that was frozen: OpenAIIoException",
            "a call of the frozen key: 403 PermissionDeniedException",
            "a call once unfrozen: 71999 characters",
            "the old secret in the overlap: 71999 characters",
            "the new secret: 71999 characters",
            "a call of the revoked key: 401 UnauthorizedException",
            "tripwire key=alice: $1.1… of $1.50 spent, $0.00 held",
            "the provider still saw the real credential only: true");
    assertThat(said).doesNotContain("purser_").doesNotContain("sk-real");
  }
}
