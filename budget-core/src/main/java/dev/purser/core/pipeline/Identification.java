package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.VirtualKey;
import dev.purser.core.key.KeyRing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says whom a call is counted for, so that nothing is uncounted: its virtual key, else the key that it
 * states, else a salted fingerprint of its credential, else {@value #UNATTRIBUTED}.
 */
final class Identification {

  static final String UNATTRIBUTED = "unattributed";

  private final KeyRing keys;
  private final byte[] salt;

  /**
   * Knows virtual keys, and fingerprints with a salt.
   *
   * @param salt makes fingerprints untraceable to a credential
   */
  Identification(KeyRing keys, byte[] salt) {
    this.keys = keys;
    this.salt = salt.clone();
  }

  /**
   * Who makes a call.
   *
   * @param who whom it counts for
   * @param key the virtual key that it was made with, or null
   * @param denial why that key is no good, or null
   */
  record Caller(
      Attribution who, @Nullable VirtualKey key, @Nullable Denial denial) {

    /** Returns who makes the call, of a task class that may be known only now. */
    Caller ofTaskClass(@Nullable String taskClass) {
      return taskClass == null || taskClass.equals(who.taskClass())
          ? this
          : new Caller(who.taskClass(taskClass), key, denial);
    }
  }

  Caller of(Attribution stated, @Nullable Credential credential, Instant at) {
    if (credential == null) {
      return new Caller(stated.key() == null ? stated.withKey(UNATTRIBUTED) : stated, null, null);
    }
    if (!credential.isVirtualKey()) {
      return new Caller(
          stated.key() == null ? fingerprinted(stated, credential) : stated, null, null);
    }
    KeyRing.Look look = keys.look(credential, at);
    VirtualKey key = look.key();
    return key == null
        ? new Caller(fingerprinted(stated, credential), null, look.denial())
        : new Caller(key.attribute(stated), key, null);
  }

  /** Returns the virtual key that a credential opens, or null. */
  @Nullable VirtualKey keyOf(Credential credential, Instant at) {
    return credential.isVirtualKey() ? keys.look(credential, at).key() : null;
  }

  private Attribution fingerprinted(Attribution stated, Credential credential) {
    return stated.withKey(credential.fingerprint(salt));
  }
}
