package dev.purser.core.cli;

import dev.purser.api.VirtualKey;
import dev.purser.core.config.ConfigurationText;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Shows the keys of a file, without their hashes. */
record ListKeys(PrintStream out) {

  int run(List<String> words, Instant now) {
    Arguments arguments = Arguments.of(words, List.of("--config"));
    arguments.noName();
    Table table = new Table("NAME", "OWNER", "USER", "TEAM", "MODELS", "STATE", "SECRETS");
    ConfigurationText.of(arguments.required("--config")).configuration().keys().stream()
        .sorted(Comparator.comparing(VirtualKey::name))
        .forEach(key -> table.row(
            key.name(),
            Objects.requireNonNullElse(key.owner(), "-"),
            Objects.requireNonNullElse(key.user(), "-"),
            Objects.requireNonNullElse(key.team(), "-"),
            key.models().isEmpty() ? "all" : String.join(", ", key.models()),
            state(key, now),
            secrets(key, now)));
    table.print(out);
    return 0;
  }

  private static String state(VirtualKey key, Instant now) {
    Instant expires = key.expires();
    if (key.revoked() != null) {
      return "revoked";
    }
    if (expires != null) {
      return now.isBefore(expires) ? "expires " + expires : "expired";
    }
    return "valid";
  }

  /** How many secrets the key has, and how many of them still open it if those are fewer. */
  private static String secrets(VirtualKey key, Instant now) {
    long open = key.locks().stream().filter(lock -> lock.opensAt(now)).count();
    int all = key.locks().size();
    return open == all ? String.valueOf(all) : open + " of " + all;
  }
}
