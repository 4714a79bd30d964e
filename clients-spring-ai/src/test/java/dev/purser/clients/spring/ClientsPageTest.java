package dev.purser.clients.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.clients.ClientsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/clients.md} has the table that this run wrote. After a change, the build with {@code
 * -Dclients.page=write} puts it there.
 */
class ClientsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "clients.md");

  /** As many as are built here; fewer rows would be a page of another run. */
  private static final int CLIENTS = 17;

  @Test
  void isOfThisRun() throws IOException {
    ClientsPage page = ClientsPage.of(Path.of("..", "clients"), Path.of(""));
    assertThat(page.clients()).as("clients in %s", page.table()).isEqualTo(CLIENTS);
    String now = page.in(Files.readString(PAGE));
    if ("write".equals(System.getProperty("clients.page"))) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/clients.md; -Dclients.page=write writes it anew")
        .isEqualTo(now);
  }
}
