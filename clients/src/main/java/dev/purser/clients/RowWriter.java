package dev.purser.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Writes down what a run showed of a client: a row of the page, for {@link ClientsPage}. */
final class RowWriter implements AfterTestExecutionCallback, AfterAllCallback {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was seen of one client. */
  private record Seen(Kind kind, Map<Scenario, Boolean> shown) {}

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(
            ExtensionContext.Namespace.create(RowWriter.class, context.getRequiredTestClass()));
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Shows shows = context.getRequiredTestMethod().getAnnotation(Shows.class);
    if (shows != null) {
      ClientContract contract = (ClientContract) context.getRequiredTestInstance();
      store(context)
          .getOrComputeIfAbsent(
              "seen", key -> new Seen(contract.kind(), new ConcurrentHashMap<>()), Seen.class)
          .shown()
          .put(shows.value(), context.getExecutionException().isEmpty());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Seen seen = store(context).get("seen", Seen.class);
    if (seen != null) {
      ObjectNode row = JSON.createObjectNode()
          .put("name", seen.kind().name())
          .put("mode", seen.kind().mode())
          .put("way", seen.kind().way())
          .put("api", seen.kind().api().name());
      ObjectNode shown = row.putObject("shown");
      seen.shown()
          .forEach((scenario, held) ->
              shown.put(scenario.name(), held && !seen.kind().limits().containsKey(scenario)));
      Path folder = Path.of("target", "clients");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(seen.kind().file()), JSON.writeValueAsString(row));
    }
  }
}
