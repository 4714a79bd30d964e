package dev.purser.core.cli;

import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import dev.purser.core.config.ConfigurationText;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Shows the keys of a file, without their hashes. */
record ListKeys(PrintStream out) {

  int run(List<String> words, Instant now) {
    Arguments arguments = Arguments.of(words, List.of("--config"));
    arguments.noName();
    List<VirtualKey> keys =
        ConfigurationText.of(arguments.required("--config")).configuration().keys();
    if (keys.isEmpty()) {
      out.println("no keys");
      return 0;
    }
    Table table =
        new Table("NAME", "OWNER", "USER", "TEAM", "MODELS", "TASK CLASSES", "STATE", "SECRETS");
    keys.stream()
        .sorted(Comparator.comparing(VirtualKey::name))
        .forEach(key -> table.row(
            key.name(),
            Objects.requireNonNullElse(key.owner(), "-"),
            Objects.requireNonNullElse(key.user(), "-"),
            Objects.requireNonNullElse(key.team(), "-"),
            allOr(key.models()),
            allOr(key.taskClasses()),
            state(key, now),
            secrets(key, now)));
    table.print(out);
    return 0;
  }

  private static String allOr(List<String> some) {
    return some.isEmpty() ? "all" : String.join(", ", some);
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

  /** Which secrets the key has, by the part of each that everybody may see, and until when. */
  private static String secrets(VirtualKey key, Instant now) {
    return key.locks().isEmpty()
        ? "-"
        : key.locks().stream().map(lock -> secret(lock, now)).collect(Collectors.joining(", "));
  }

  private static String secret(Lock lock, Instant now) {
    String id = lock.hash().id();
    return lock.until() == null
        ? id
        : id + (lock.opensAt(now) ? " until " : " ended ") + lock.until();
  }
}
