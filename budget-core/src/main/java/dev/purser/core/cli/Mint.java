package dev.purser.core.cli;

import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import dev.purser.core.config.ConfigurationText;
import dev.purser.core.config.KeyEntry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a secret, and the entry that lets a guard know its hash. */
record Mint(PrintStream out, PrintStream err) {

  private static final List<String> OPTIONS =
      List.of("--owner", "--user", "--team", "--models", "--task-classes", "--expires", "--config");

  /** Where a day ends last: without a file nobody knows where it is meant to end. */
  private static final ZoneId LAST_ZONE = ZoneOffset.ofHours(-12);

  int run(List<String> words, Instant now) {
    Arguments arguments = Arguments.of(words, OPTIONS);
    Path config = arguments.path("--config");
    KeyEntry entry = entry(arguments);
    ConfigurationText text = config == null ? null : ConfigurationText.of(config);
    SecureRandom random = new SecureRandom();
    Secret secret = KeySecret.next(random);
    KeyHash hash = KeyHash.of(secret, random);
    check(entry, hash, text, now);
    String problem = text == null ? null : FileChange.problem(text, text.with(entry, hash));
    out.println("The secret of key " + entry.name() + ", shown this once and kept nowhere:");
    out.println();
    out.println(secret.reveal());
    out.println();
    out.println("Hand it over through a password manager or a secret store, not by mail or chat,");
    out.println("where it would stay. Whoever uses it sends it in place of the provider's key.");
    out.println();
    if (config != null && problem == null) {
      out.println("Added to " + config + ", by its hash:");
    } else {
      out.println("Put this under keys: in "
          + (config == null ? "the configuration" : config)
          + "; it holds the hash only:");
    }
    out.println();
    entry.lines(hash).forEach(line -> out.println("  " + line));
    if (problem != null) {
      err.println("purser: " + config + " was not changed: " + problem);
    }
    return problem == null ? 0 : 1;
  }

  private static KeyEntry entry(Arguments arguments) {
    try {
      return new KeyEntry(
          arguments.name(),
          arguments.get("--owner"),
          arguments.get("--user"),
          arguments.get("--team"),
          arguments.list("--models"),
          arguments.list("--task-classes"),
          arguments.get("--expires"));
    } catch (IllegalArgumentException e) {
      throw Refused.usage(String.valueOf(e.getMessage()));
    }
  }

  private static void check(
      KeyEntry entry, KeyHash hash, @Nullable ConfigurationText text, Instant now) {
    try {
      ZoneId zone = text == null ? LAST_ZONE : text.configuration().zone();
      Instant expires = entry.key(hash, zone).expires();
      if (expires != null && !now.isBefore(expires)) {
        throw Refused.usage("--expires is in the past; the key would open nothing");
      }
    } catch (IllegalArgumentException e) {
      throw Refused.usage("--expires: " + e.getMessage());
    }
    if (text != null
        && text.configuration().keys().stream().anyMatch(key -> key.name().equals(entry.name()))) {
      throw Refused.because("there is a key of that name already; for another secret of it, leave"
          + " --config out and put the new hash among its hashes");
    }
  }
}
