package dev.purser.samples.weekend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.samples.Markdown;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeekendReplayTest {

  @Test
  void thePageShowsHowTheEveningWent() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WeekendReplay.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    List<String> printed = out.toString(StandardCharsets.UTF_8).lines().toList();

    List<String> shown = Markdown.of("docs/alerts.md").blocks("text").get(0).lines();
    assertThat(printed.subList(0, shown.size())).isEqualTo(shown);
    assertThat(printed.get(printed.size() - 1))
        .startsWith("The loop asked for $8")
        .matches(".* and got \\$2[0-9]{2}\\.[0-9]+\\.");
  }
}
