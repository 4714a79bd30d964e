package dev.purser.core.cli;

import dev.purser.api.VirtualKey;
import dev.purser.core.config.ConfigurationText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says in a file that a key is revoked. */
record Revoke(PrintStream out, PrintStream err) {

  int run(List<String> words, Instant now) {
    Arguments arguments = Arguments.of(words, List.of("--config"));
    String name = arguments.name();
    Path config = arguments.required("--config");
    ConfigurationText text = ConfigurationText.of(config);
    VirtualKey key = known(text, name);
    if (key.revoked() != null) {
      out.println(name + " is revoked already, since " + key.revoked());
      return 0;
    }
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    String problem = FileChange.problem(text, text.revoked(name, at));
    if (problem == null) {
      out.println(name + " is revoked in " + config + ", from the next reload on");
      return 0;
    }
    err.println("purser: " + config + " was not changed: " + problem);
    err.println("Put this line into the entry of " + name + ":");
    err.println("    revoked: " + at);
    return 1;
  }

  private static VirtualKey known(ConfigurationText text, String name) {
    try {
      return text.key(name);
    } catch (IllegalArgumentException e) {
      throw Refused.because(String.valueOf(e.getMessage()));
    }
  }
}
