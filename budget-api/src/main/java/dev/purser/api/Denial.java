package dev.purser.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call may not be made whatever the budgets have: its key is not valid, may not do this, or
 * somebody froze it. Trying again does not help.
 *
 * @param reason what stands against the call
 * @param key the key's name, or the part of its secret that everybody may see; empty without a key
 * @param owner the person who can help, or null if nobody is named
 * @param detail the rest of the message: which model, who froze it and why
 */
public record Denial(Reason reason, String key, @Nullable String owner, String detail) {

  /** What stands against a call. */
  public enum Reason {
    /** The credential looks like a virtual key, and nobody knows it. */
    UNKNOWN_KEY(true, "the virtual key is unknown"),
    /** The key, or this secret of it, was valid until some time ago. */
    EXPIRED_KEY(true, "the virtual key has expired"),
    /** The key was revoked. */
    REVOKED_KEY(true, "the virtual key is revoked"),
    /** The key is good, but there is no credential that could take its place where the call goes. */
    NO_CREDENTIAL(true, "there is no credential to send in place of the virtual key"),
    /** The key may not call this model. */
    MODEL_NOT_ALLOWED(false, "the virtual key may not call this model"),
    /** The key may not make calls of this task class. */
    TASK_CLASS_NOT_ALLOWED(false, "the virtual key may not make calls of this task class"),
    /** A call that failed may go on with no other model: see {@link CallIntent#tried()}. */
    NO_CANDIDATE(false, "every model that may answer was tried, or is out of order"),
    /** Somebody froze the key, its team, its session, or everything. */
    FROZEN(false, "somebody has stopped these calls");

    private final boolean unauthenticated;
    private final String words;

    Reason(boolean unauthenticated, String words) {
      this.unauthenticated = unauthenticated;
      this.words = words;
    }

    /** Whether it is the key that is no good (HTTP 401), and not what it asks for (HTTP 403). */
    public boolean unauthenticated() {
      return unauthenticated;
    }
  }

  /** Returns the facts as one sentence for a person. */
  public String message() {
    return "Refused: "
        + reason.words
        + (key.isEmpty() ? "" : " (key " + key + ")")
        + (detail.isEmpty() ? "" : ": " + detail)
        + (owner == null ? "" : "; owner " + owner);
  }

  /**
   * Returns the facts as one token of unreserved characters that survives JSON, headers and
   * exception messages; {@link #parse} reads it back.
   */
  public String token() {
    return DenialToken.write(this);
  }

  /**
   * Finds the facts of a denial in any text that carries its {@link #token()}: the body of a
   * synthetic answer, or the message of an SDK's exception.
   */
  public static Optional<Denial> parse(CharSequence text) {
    return DenialToken.find(text);
  }
}
