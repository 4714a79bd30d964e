package dev.purser.spi;

import dev.purser.api.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the real credentials are: asked for each call that was made with a virtual key, on the
 * caller's thread, so it should answer from memory. Safe for use by several threads.
 *
 * <p>A credential must only be named for whom it belongs to: what is returned is sent there.
 */
@FunctionalInterface
public interface CredentialSource {

  /** Returns the credential to send, without {@code Bearer} before it; null if there is none. */
  @Nullable Secret credentialFor(Upstream upstream);

  /** Returns a source that asks {@code next} where this one has no credential. */
  default CredentialSource orElse(CredentialSource next) {
    return upstream -> {
      Secret credential = credentialFor(upstream);
      return credential == null ? next.credentialFor(upstream) : credential;
    };
  }
}
