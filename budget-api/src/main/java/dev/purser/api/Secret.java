package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that must not be shown: nothing but {@link #reveal} gives it away. Immutable; not
 * serializable, so that no framework writes it somewhere by accident.
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a secret.
   *
   * @throws IllegalArgumentException if it is blank; the message does not quote it
   */
  public static Secret of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a secret must not be blank");
    }
    return new Secret(text);
  }

  /** Returns the secret. Whoever calls this must neither log nor keep it. */
  public String reveal() {
    return text;
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Compares in a time that does not depend on where two secrets differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "Secret";
  }
}
