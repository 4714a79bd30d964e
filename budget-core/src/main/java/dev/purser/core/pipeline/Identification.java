package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;

/**
 * Says whom a call is counted for, so that nothing is uncounted: its key, else a salted fingerprint
 * of its credential, else {@value #UNATTRIBUTED}.
 */
final class Identification {

  static final String UNATTRIBUTED = "unattributed";

  private final byte[] salt;

  /**
   * Fingerprints with a salt.
   *
   * @param salt makes fingerprints untraceable to a credential
   */
  Identification(byte[] salt) {
    this.salt = salt.clone();
  }

  Attribution of(CallIntent intent) {
    Attribution who = intent.attribution();
    if (who.key() != null) {
      return who;
    }
    Credential credential = intent.credential();
    return who.withKey(credential == null ? UNATTRIBUTED : credential.fingerprint(salt));
  }
}
