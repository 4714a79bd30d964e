package dev.purser.samples.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AssistantDemoTest {

  @Test
  void billIsWhatTheProvidersBilledAndNoMoreThanTheCap() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    assertThat(AssistantDemo.run(print)).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "A conversation may cost $0.05.",
            "Where is my parcel P-7? P-7 left Lyon this morning. [claude-haiku-4-5, claude-haiku-4-5]",
            "Anthropic is overloaded from now on.",
            "And now? P-7 left Lyon this morning. [gpt-5-mini, gpt-5-mini]",
            "I have a complaint. P-7 left Lyon this morning. [gpt-5.4]",
            "Watch it until it is here. refused, budget conversation [gpt-5.4, gpt-5.4, gpt-5.4, gpt-5.4]",
            "Both complaints cost $0.03125.",
            "session=ada: $0.0371 spent, $0.00 held",
            "the providers billed: $0.0371",
            "parcels looked up: 6");
  }
}
