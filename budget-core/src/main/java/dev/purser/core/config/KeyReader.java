package dev.purser.core.config;

import dev.purser.api.Attribution;
import dev.purser.api.Dimension;
import dev.purser.api.KeyHash;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import dev.purser.core.config.Node.Mapping;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one virtual key of a file. Where something cannot be read the key is made up from what can, as
 * {@link BudgetReader} does.
 *
 * @param zone the zone of plain days
 */
record KeyReader(Problems problems, ZoneId zone) {

  private static final List<String> KEYS = List.of(
      "name",
      "owner",
      "user",
      "team",
      "models",
      "task-classes",
      "defaults",
      "expires",
      "hashes",
      "revoked");
  private static final List<String> LOCK_KEYS = List.of("hash", "until");

  VirtualKey read(Node node) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(node.problem("must be a mapping with name and hashes"));
      return VirtualKey.named(node.path());
    }
    Fields fields = new Fields(mapping, KEYS, problems);
    fields.require("name");
    VirtualKey key = VirtualKey.named(fields.read("name", Words::filled).orElse(node.path()));
    return valid(allowed(attributed(key, fields), fields), fields);
  }

  private static VirtualKey attributed(VirtualKey key, Fields fields) {
    VirtualKey read = key;
    read = fields.read("owner", Words::filled).map(read::owner).orElse(read);
    Fields defaults = fields.fields("defaults");
    for (String name : defaults.keys()) {
      Optional<Dimension> dimension = defaults.readKey(name, DefaultWords::dimension);
      Optional<String> value = defaults.read(name, Words::filled);
      if (dimension.isPresent() && value.isPresent()) {
        Attribution more = DefaultWords.attribution(dimension.get(), value.get());
        read = read.defaults(more);
      }
    }
    read = fields.read("user", Words::filled).map(read::user).orElse(read);
    return fields.read("team", Words::filled).map(read::team).orElse(read);
  }

  private static VirtualKey allowed(VirtualKey key, Fields fields) {
    return key.models(fields.some("models", Words::filled).toArray(String[]::new))
        .taskClasses(fields.some("task-classes", Words::filled).toArray(String[]::new));
  }

  private VirtualKey valid(VirtualKey key, Fields fields) {
    VirtualKey read = key;
    read = fields.read("expires", this::end).map(read::expires).orElse(read);
    List<Lock> locks = new ArrayList<>();
    fields.someNodes("hashes").forEach(node -> lock(fields, node).ifPresent(locks::add));
    read = read.locks(locks);
    // One that cannot be read says that the key is revoked, all the same.
    return fields.has("revoked")
        ? read.revoked(fields.read("revoked", this::start).orElse(Instant.EPOCH))
        : read;
  }

  private Optional<Lock> lock(Fields fields, Node node) {
    if (!(node instanceof Mapping mapping)) {
      return fields.read(node, KeyHash::parse).map(hash -> new Lock(hash, null));
    }
    Fields lock = new Fields(mapping, LOCK_KEYS, problems);
    lock.require("hash");
    Instant until = lock.read("until", this::end).orElse(null);
    return lock.read("hash", KeyHash::parse).map(hash -> new Lock(hash, until));
  }

  private Instant end(String text) {
    return InstantWords.end(text, zone);
  }

  private Instant start(String text) {
    return InstantWords.start(text, zone);
  }
}
