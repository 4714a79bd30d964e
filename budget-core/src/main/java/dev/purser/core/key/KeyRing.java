package dev.purser.core.key;

import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.MintedKey;
import dev.purser.api.Secret;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The virtual keys that there are: those of the configuration, which a new one replaces, and those
 * made while the guard runs, or restored from its journal. A key that was revoked stays revoked
 * whatever the configuration says.
 *
 * <p><b>Who may call it:</b> any thread. <b>Memory order:</b> all keys are one immutable value behind a
 * volatile field, so that a change is seen whole by every look that begins after it. <b>Progress:</b>
 * a look is wait-free and takes two SHA-256 of a few bytes; changes wait for each other.
 */
public final class KeyRing {

  /** What became of a look: the key that a credential opens, or what stands against it. */
  public record Look(@Nullable VirtualKey key, @Nullable Denial denial) {}

  /** A key, and whether the configuration says it. */
  private record Entry(VirtualKey key, boolean configured) {}

  /**
   * All keys.
   *
   * @param revokedSecrets since when secrets are revoked, by id: under whatever name the configuration
   *     says them later
   */
  private record Keys(
      Map<String, Entry> byName,
      Map<String, Entry> bySecretId,
      Map<String, Instant> revokedSecrets) {

    static Keys of(Map<String, Entry> byName, Map<String, Instant> revokedSecrets) {
      Map<String, Entry> bySecretId = new HashMap<>();
      byName
          .values()
          .forEach(entry ->
              entry.key().locks().forEach(lock -> bySecretId.put(lock.hash().id(), entry)));
      return new Keys(byName, bySecretId, Map.copyOf(revokedSecrets));
    }
  }

  /** How many earlier secrets of a key are remembered that open it no more. */
  private static final int REMEMBERED = 32;

  private final SecureRandom random = new SecureRandom();

  /** Keys that were revoked while the guard runs, by name, and when: a configuration may still say them. */
  private final Map<String, Instant> revoked = new HashMap<>();

  private final Map<String, Instant> revokedSecrets = new HashMap<>();

  private volatile Keys keys = Keys.of(Map.of(), Map.of());

  /** Knows the keys of the configuration. */
  public KeyRing(List<VirtualKey> configured) {
    configure(configured);
  }

  /** Returns the key that a credential opens at an instant, or why it opens none. */
  public Look look(Credential credential, Instant at) {
    Entry entry = keys.bySecretId().get(credential.keyId());
    Lock lock = entry == null ? null : entry.key().lockOf(credential).orElse(null);
    if (entry == null || lock == null) {
      return new Look(null, new Denial(Reason.UNKNOWN_KEY, credential.keyId(), null, ""));
    }
    VirtualKey key = entry.key();
    Instant since =
        key.revoked() == null ? keys.revokedSecrets().get(credential.keyId()) : key.revoked();
    if (since != null) {
      return invalid(key, Reason.REVOKED_KEY, "since " + since);
    }
    Instant expires = key.expires();
    if (expires != null && !at.isBefore(expires)) {
      return invalid(key, Reason.EXPIRED_KEY, "since " + expires);
    }
    return lock.opensAt(at)
        ? new Look(key, null)
        : invalid(key, Reason.EXPIRED_KEY, "this secret was good until " + lock.until());
  }

  private static Look invalid(VirtualKey key, Reason reason, String detail) {
    return new Look(null, new Denial(reason, key.name(), key.owner(), detail));
  }

  /** Returns all keys, by name. */
  public List<VirtualKey> all() {
    return keys.byName().values().stream()
        .map(Entry::key)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  /** Returns a key, or null if there is none of that name. */
  public @Nullable VirtualKey find(String name) {
    Entry entry = keys.byName().get(name);
    return entry == null ? null : entry.key();
  }

  /**
   * Returns a key.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public VirtualKey named(String name) {
    return known(name).key();
  }

  /**
   * Replaces the keys of the configuration. One that was minted while the guard runs, and is named
   * there with its hash, is the configuration's from then on.
   *
   * @throws IllegalArgumentException if one has the name or a secret of another that was minted while
   *     the guard runs; then nothing changes
   */
  public synchronized void configure(List<VirtualKey> configured) {
    Map<String, Entry> next = new LinkedHashMap<>();
    keys.byName().forEach((name, entry) -> {
      if (!entry.configured()) {
        next.put(name, entry);
      }
    });
    Keys minted = Keys.of(Map.copyOf(next), Map.of());
    for (VirtualKey key : configured) {
      refuseIfAnother(key, minted);
      Instant at = revoked.get(key.name());
      next.put(
          key.name(), new Entry(at == null || key.revoked() != null ? key : key.revoked(at), true));
    }
    put(next);
  }

  /** A minted key that was written into the configuration, with its hash, is no other key. */
  private static void refuseIfAnother(VirtualKey key, Keys minted) {
    boolean same = false;
    for (Lock lock : key.locks()) {
      Entry other = minted.bySecretId().get(lock.hash().id());
      if (other != null && !other.key().name().equals(key.name())) {
        throw new IllegalArgumentException("keys: a hash of " + key.name() + " opens "
            + other.key().name() + ", which was minted while this guard runs");
      }
      same |= other != null;
    }
    if (!same && minted.byName().containsKey(key.name())) {
      throw new IllegalArgumentException("keys: another " + key.name()
          + " was minted while this guard runs; give one another name, or this one its hash");
    }
  }

  /**
   * Adds a key and its first secret.
   *
   * @throws IllegalArgumentException if there is or was a key of that name, or this one is no new one
   */
  public synchronized MintedKey mint(VirtualKey key, Instant now) {
    if (keys.byName().containsKey(key.name()) || revoked.containsKey(key.name())) {
      throw new IllegalArgumentException(
          "there is a key named " + key.name() + " already, or one was revoked");
    }
    Instant expires = key.expires();
    if (!key.locks().isEmpty() || key.revoked() != null) {
      throw new IllegalArgumentException(
          "key " + key.name() + " is opened by a secret or revoked already: mint one that is not");
    }
    if (expires != null && !now.isBefore(expires)) {
      throw new IllegalArgumentException(
          "key " + key.name() + " would be expired, at " + expires + ", before it is made");
    }
    return opened(key);
  }

  /**
   * Gives a key a new secret; those before open it for a while longer.
   *
   * @param overlapEnd until when; of those that are over by now, the oldest are forgotten
   * @throws IllegalArgumentException if there is no such key
   * @throws IllegalStateException if it was revoked, or the configuration says it
   */
  public synchronized MintedKey rotate(String name, Instant now, Instant overlapEnd) {
    Entry entry = known(name);
    if (entry.configured()) {
      throw new IllegalStateException("key " + name
          + " stands in the configuration: add the new secret's hash there, and load it again");
    }
    if (entry.key().revoked() != null) {
      throw new IllegalStateException("key " + name + " is revoked; mint another");
    }
    List<Lock> closing = new ArrayList<>();
    List<Lock> locks = entry.key().locks();
    for (int i = 0; i < locks.size(); i++) {
      // One that opens no more tells whoever still uses it why; but they must not pile up.
      if (locks.get(i).opensAt(now) || i >= locks.size() - REMEMBERED) {
        closing.add(locks.get(i).until(overlapEnd));
      }
    }
    return opened(entry.key().locks(closing));
  }

  private MintedKey opened(VirtualKey key) {
    Secret secret = KeySecret.next(random);
    VirtualKey opened = key.opensWith(KeyHash.of(secret, random));
    replace(new Entry(opened, false));
    return new MintedKey(opened, secret);
  }

  /**
   * Ends the validity of a key for good.
   *
   * @return false if it was revoked before
   * @throws IllegalArgumentException if there is no such key
   */
  public synchronized boolean revoke(String name, Instant at) {
    Entry entry = known(name);
    if (entry.key().revoked() != null) {
      return false;
    }
    revoked.put(name, at);
    entry.key().locks().forEach(lock -> revokedSecrets.put(lock.hash().id(), at));
    replace(new Entry(entry.key().revoked(at), entry.configured()));
    return true;
  }

  /** Adds a key that was minted before a restart, unless the configuration says one of that name. */
  public synchronized void restore(VirtualKey minted) {
    Entry there = keys.byName().get(minted.name());
    if (there == null || !there.configured()) {
      Instant at = revoked.get(minted.name());
      replace(
          new Entry(at == null || minted.revoked() != null ? minted : minted.revoked(at), false));
    }
  }

  /**
   * Revokes what was revoked before a restart.
   *
   * @param key as it was then, or null where nobody knows
   */
  public synchronized void restoreRevoked(String name, Instant at, @Nullable VirtualKey key) {
    revoked.put(name, at);
    if (key != null) {
      key.locks().forEach(lock -> revokedSecrets.put(lock.hash().id(), at));
    }
    Entry there = keys.byName().get(name);
    if (there != null && there.key().revoked() == null) {
      replace(new Entry(there.key().revoked(at), there.configured()));
    } else {
      put(keys.byName());
    }
  }

  private Entry known(String name) {
    Entry entry = keys.byName().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no key named " + name);
    }
    return entry;
  }

  private void replace(Entry entry) {
    Map<String, Entry> next = new LinkedHashMap<>(keys.byName());
    next.put(entry.key().name(), entry);
    put(next);
  }

  private void put(Map<String, Entry> next) {
    keys = Keys.of(next, revokedSecrets);
  }
}
