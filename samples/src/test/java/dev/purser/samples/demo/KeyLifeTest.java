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
    assertThat(said.lines())
        .containsExactly(
            "minted: VirtualKey alice {key=alice, team=platform}", "a call: 60000 characters");
    assertThat(said).doesNotContain("purser_").doesNotContain("sk-real");
  }
}
