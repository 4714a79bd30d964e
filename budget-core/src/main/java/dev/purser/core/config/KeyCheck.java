package dev.purser.core.config;

import dev.purser.api.KeySecret;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is missing or wrong in the virtual keys of a configuration. */
final class KeyCheck {

  static final String HOLDS_SECRET =
      "holds the secret of a virtual key; now that it was written" + " down, it should be revoked";

  private final Set<String> names = new HashSet<>();
  private final Map<String, String> keyBySecretId = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private KeyCheck() {}

  static List<Finding> findings(List<VirtualKey> keys) {
    KeyCheck check = new KeyCheck();
    for (int i = 0; i < keys.size(); i++) {
      check.key(i, keys.get(i));
    }
    return check.findings;
  }

  private void key(int i, VirtualKey key) {
    secrets(i, key);
    if (KeySecret.isLike(key.name())) {
      wrong(i, "name", "", "begins like a secret, and a name is shown everywhere");
    } else if (KeySecret.occursIn(key.name())) {
      wrong(i, "name", "", HOLDS_SECRET);
    } else if (!names.add(key.name())) {
      wrong(i, "name", "", "is taken by another key");
    }
    if (key.locks().isEmpty() && key.revoked() == null) {
      wrong(i, "locks", "", "is missing: without the hash of a secret nothing opens the key");
    }
    for (int lock = 0; lock < key.locks().size(); lock++) {
      lock(i, key, lock);
    }
    String taskClass = key.defaults().taskClass();
    if (taskClass != null
        && !key.taskClasses().isEmpty()
        && !key.taskClasses().contains(taskClass)) {
      wrong(i, "defaults", ".task-class", "is none of those that the key's calls may have");
    }
  }

  private void secrets(int i, VirtualKey key) {
    secret(i, "owner", "", key.owner());
    secret(i, "user", "", key.user());
    secret(i, "team", "", key.team());
    secrets(i, "models", key.models());
    secrets(i, "taskClasses", key.taskClasses());
    secret(i, "defaults", ".session", key.defaults().session());
    secret(i, "defaults", ".task-class", key.defaults().taskClass());
    key.defaults().tags().forEach((tag, value) -> {
      String within = "." + Excerpt.of("tag:" + tag);
      secret(i, "defaults", within, tag);
      secret(i, "defaults", within, value);
    });
  }

  private void secrets(int i, String field, List<String> texts) {
    for (int each = 0; each < texts.size(); each++) {
      secret(i, field, "[" + each + "]", texts.get(each));
    }
  }

  private void secret(int i, String field, String within, @Nullable String text) {
    if (text != null && KeySecret.occursIn(text)) {
      wrong(i, field, within, HOLDS_SECRET);
    }
  }

  private void lock(int i, VirtualKey key, int index) {
    Lock lock = key.locks().get(index);
    String other = keyBySecretId.putIfAbsent(lock.hash().id(), key.name());
    if (other != null) {
      String where = "[" + index + "]";
      wrong(i, "locks", where, "opens key " + Excerpt.quoted(other) + " already");
    }
  }

  private void wrong(int key, String field, String within, String what) {
    findings.add(new Finding(Finding.Part.KEY, key, field, within, what));
  }
}
