package dev.purser.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a journal: its cap holds for all runs together. */
class JournaledDemoTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int demo(Path journal) throws Exception {
    out.reset();
    return Demo.run(
        List.of("--journal", journal.toString(), "--calls", "10", "--json"),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstEnded(@TempDir Path folder) throws Exception {
    assertThat(demo(folder)).isZero();
    assertThat(out.toString(UTF_8)).contains("\"served\":5");

    assertThat(demo(folder)).isZero();
    assertThat(out.toString(UTF_8)).contains("\"served\":0", "\"refused\":10");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aFolderThatIsInUseIsTold(@TempDir Path folder) throws Exception {
    try (Purser other = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("demo", Usd.of("1")))
        .journal(folder)
        .build()) {
      assertThat(demo(folder)).isEqualTo(2);
      assertThat(other.budgets()).hasSize(1);
    }
    assertThat(err.toString(UTF_8)).contains("is in use by another guard of this process");
  }
}
