package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The credential of a call, of which only a digest is kept: enough to tell keys apart, not to use
 * one.
 */
public final class Credential {

  private static final int SHOWN_BYTES = 6;

  private final byte[] digest;
  private final boolean virtual;
  private final String keyId;

  private Credential(byte[] digest, boolean virtual, String keyId) {
    this.digest = digest;
    this.virtual = virtual;
    this.keyId = keyId;
  }

  /** Digests a secret, such as the value of an {@code Authorization} header. */
  public static Credential of(String secret) {
    return new Credential(
        sha256(secret.getBytes(StandardCharsets.UTF_8), new byte[0]),
        KeySecret.isLike(secret),
        KeySecret.idOf(secret));
  }

  /** Whether it is a {@linkplain KeySecret virtual key}, or was meant as one. */
  public boolean isVirtualKey() {
    return virtual;
  }

  /** Returns the part of a virtual key that everybody may see; empty if it is none. */
  public String keyId() {
    return keyId;
  }

  byte[] salted(byte[] salt) {
    return sha256(salt, digest);
  }

  /** Compares in a time that does not depend on where the two differ. */
  static boolean same(byte[] hash, byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  /** Returns a name for the credential that cannot be traced back without the salt. */
  public String fingerprint(byte[] salt) {
    return "fp-" + HexFormat.of().formatHex(salted(salt), 0, SHOWN_BYTES);
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(first);
      return sha.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** Says nothing about the secret. */
  @Override
  public String toString() {
    return "Credential";
  }
}
