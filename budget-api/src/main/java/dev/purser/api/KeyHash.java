package dev.purser.api;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a virtual key's secret: enough to recognise it, not enough to use it. Written as one
 * word, {@code sha256:ID:SALT:HASH}, that may stand in a file; immutable.
 *
 * <p>The hash is SHA-256 over the salt and the SHA-256 of the secret. A slow hash, as for passwords,
 * would protect nothing more: a secret is 256 random bits, and nobody can try them all.
 */
public final class KeyHash {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("sha256:([A-Za-z0-9]+):([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final byte[] salt;
  private final byte[] hash;

  private KeyHash(String id, byte[] salt, byte[] hash) {
    this.id = id;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Hashes a secret with a new salt.
   *
   * @throws IllegalArgumentException if it is no {@linkplain KeySecret secret of a virtual key}
   */
  public static KeyHash of(Secret secret, SecureRandom random) {
    String id = KeySecret.idOf(secret.reveal());
    if (id.isEmpty()) {
      throw new IllegalArgumentException("not the secret of a virtual key");
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new KeyHash(id, salt, Credential.of(secret.reveal()).salted(salt));
  }

  /**
   * Reads a hash as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if the text is none; the message does not quote it, for it might
   *     be a secret that somebody took for its hash
   */
  public static KeyHash parse(String text) {
    if (KeySecret.isLike(text)) {
      throw new IllegalArgumentException(
          "is a secret; only its hash may stand here, and the secret,"
              + " now that it was written down, should be revoked");
    }
    Matcher form = FORM.matcher(text);
    if (form.matches() && KeySecret.isId(form.group(1))) {
      byte[] salt = decoded(form.group(2));
      byte[] hash = decoded(form.group(3));
      if (salt.length == SALT_BYTES && hash.length == HASH_BYTES) {
        return new KeyHash(form.group(1), salt, hash);
      }
    }
    throw new IllegalArgumentException(
        "not the hash of a virtual key; it is what minting prints, sha256:ID:SALT:HASH");
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // of no length that is asked for
    }
  }

  /** Returns the part of the secret that everybody may see, by which it is found. */
  public String id() {
    return id;
  }

  /**
   * Whether this is the hash of a credential. Takes the same time wherever the two differ, so that
   * nobody can find the hash by trying.
   */
  public boolean matches(Credential credential) {
    return Credential.same(hash, credential.salted(salt));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash that
        && id.equals(that.id)
        && Arrays.equals(salt, that.salt)
        && Credential.same(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Renders the hash as a word for a file: {@code sha256:ID:SALT:HASH}. */
  @Override
  public String toString() {
    return "sha256:" + id + ":" + ENCODER.encodeToString(salt) + ":" + ENCODER.encodeToString(hash);
  }
}
