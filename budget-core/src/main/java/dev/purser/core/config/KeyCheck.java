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

/** Finds what is missing or wrong in the virtual keys of a configuration. */
final class KeyCheck {

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
    if (KeySecret.isLike(key.name())) {
      wrong(i, "name", "", "begins like a secret, and a name is shown everywhere");
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
