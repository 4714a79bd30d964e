package dev.purser.http;

import dev.purser.wire.CredentialSwap.Change;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The real credentials that a request leaves with, to be kept from whoever made it. Immutable. */
public final class SentSecrets {

  /** What stands where a credential stood. */
  public static final String HIDDEN = "[hidden]";

  private final List<String> secrets;

  /** Takes those that these changes bring in. */
  public SentSecrets(List<Change> changes) {
    secrets = changes.stream()
        .map(Change::credential)
        .filter(Objects::nonNull)
        .map(credential -> credential.reveal())
        .toList();
  }

  /** Whether a credential stands in a text. */
  public boolean betrayedBy(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  /**
   * Whether a credential stands in an exception or in what it comes with: whoever sent the request may
   * have quoted it.
   */
  public boolean betrayedBy(Throwable fault) {
    return betrayedBy(fault, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private boolean betrayedBy(Throwable fault, Set<Throwable> seen) {
    if (!seen.add(fault)) {
      return false;
    }
    Throwable cause = fault.getCause();
    if (betrayedBy(fault.toString()) || (cause != null && betrayedBy(cause, seen))) {
      return true;
    }
    for (Throwable suppressed : fault.getSuppressed()) {
      if (betrayedBy(suppressed, seen)) {
        return true;
      }
    }
    return false;
  }

  /** Returns what an exception says, but for the credentials. */
  public String retold(Throwable fault) {
    String told = fault.toString();
    for (String secret : secrets) {
      told = told.replace(secret, HIDDEN);
    }
    return told;
  }

  /** Says nothing of them. */
  @Override
  public String toString() {
    return "SentSecrets";
  }
}
