package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Attribution;
import dev.purser.api.KeyHash;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads a virtual key: its hashes, never a secret. */
public final class KeyLine {

  private KeyLine() {}

  static void write(JsonLine line, VirtualKey key) {
    line.object(Field.DEFINITION).text(Field.NAME, key.name()).text(Field.OWNER, key.owner());
    line.object(Field.DEFAULTS);
    RecordLine.attribution(line, key.defaults());
    line.endObject().texts(Field.MODELS, key.models()).texts(Field.TASK_CLASSES, key.taskClasses());
    instant(line, Field.EXPIRES, key.expires());
    instant(line, Field.REVOKED, key.revoked());
    line.list(Field.HASHES);
    for (Lock lock : key.locks()) {
      line.object().text(Field.HASH, lock.hash().toString());
      instant(line, Field.UNTIL, lock.until());
      line.endObject();
    }
    line.endList().endObject();
  }

  private static void instant(JsonLine line, Field field, @Nullable Instant at) {
    if (at != null) {
      line.instant(field, at);
    }
  }

  /**
   * Reads the key of a line; null if it has none.
   *
   * @throws IllegalArgumentException if something of it cannot be read
   */
  public static @Nullable VirtualKey read(JsonNode line) {
    JsonNode node = line.path(Field.DEFINITION.text());
    if (!node.isObject()) {
      return null;
    }
    Attribution defaults = Fields.attribution(node.path(Field.DEFAULTS.text()));
    VirtualKey key = VirtualKey.named(Fields.read(node, Field.NAME, text -> text))
        .defaults(defaults)
        .models(Fields.texts(node, Field.MODELS).toArray(String[]::new))
        .taskClasses(Fields.texts(node, Field.TASK_CLASSES).toArray(String[]::new));
    List<Lock> locks = new ArrayList<>();
    for (JsonNode lock : node.path(Field.HASHES.text())) {
      locks.add(new Lock(
          Fields.read(lock, Field.HASH, KeyHash::parse),
          lock.has(Field.UNTIL.text()) ? Fields.instant(lock, Field.UNTIL) : null));
    }
    key = key.locks(locks);
    key = node.has(Field.OWNER.text())
        ? key.owner(Fields.read(node, Field.OWNER, text -> text))
        : key;
    key = node.has(Field.EXPIRES.text()) ? key.expires(Fields.instant(node, Field.EXPIRES)) : key;
    return node.has(Field.REVOKED.text()) ? key.revoked(Fields.instant(node, Field.REVOKED)) : key;
  }
}
