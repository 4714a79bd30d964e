package dev.purser.http;

import dev.purser.api.BudgetGuard;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Secret;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.CarriedKey;
import dev.purser.wire.CredentialSwap;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.CredentialSwap.Changed;
import dev.purser.wire.CredentialSwap.Lacking;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Swaps a virtual key that the guard let pass for the real credential. Safe for use by several threads. */
public final class KeySwap {

  private static final Set<String> ECHOED = Set.of("TRACE", "CONNECT");

  private final BudgetGuard guard;
  private final @Nullable CredentialSwap swap;

  /**
   * Takes credentials from a source.
   *
   * @param source null if there is none: then no virtual key can be used
   */
  public KeySwap(BudgetGuard guard, @Nullable CredentialSource source) {
    this.guard = guard;
    swap = source == null ? null : new CredentialSwap(source);
  }

  /** How the request is to be changed before it leaves, or why it must not leave. */
  public sealed interface Outcome {}

  /** These changes are to be made. */
  public record Ready(List<Change> changes) implements Outcome {}

  /** There is no credential for it. */
  public record Denied(Denial denial) implements Outcome {}

  /**
   * Says how it is swapped. Whoever makes the changes looks afterwards whether the key is gone.
   *
   * @param name the name of the key
   */
  public Outcome of(CallHead head, CarriedKey key, String name, FaultBarrier faults) {
    if (ECHOED.contains(head.method().toUpperCase(Locale.ROOT))) {
      return lacking(name, "a server may send back what it gets by " + head.method());
    }
    CredentialSwap configured = swap;
    if (configured == null) {
      return lacking(name, "the interceptor was given no source of credentials");
    }
    AtomicReference<String> fault = new AtomicReference<>("");
    CredentialSwap.Result result = faults.ask(() -> configured.of(head, key, name), fault::set);
    if (result instanceof Changed changed) {
      return new Ready(changed.changes());
    }
    if (result instanceof Lacking lacking) {
      return new Denied(lacking.denial());
    }
    faults.log("the source of credentials failed with " + fault);
    return lacking(name, "the source of credentials failed with " + fault);
  }

  /**
   * Returns the credential that a key has at a host besides the one that its request was made for; null if
   * there is none.
   *
   * @param name the name of the key
   */
  public @Nullable Secret at(CallHead head, String name) {
    CredentialSwap configured = swap;
    return configured == null ? null : configured.at(head, name);
  }

  /**
   * Returns the name of a key. A guard that does not say it leaves the part of the secret that everybody
   * may see.
   */
  public String keyName(CarriedKey key, FaultBarrier faults) {
    Credential credential = key.credential();
    String name =
        faults.ask(() -> guard.keyName(credential).orElse(credential.keyId()), fault -> {});
    return name == null ? credential.keyId() : name;
  }

  /** Returns why a request must not leave that carries the key even after the changes. */
  public static Denied unreplaced(String name) {
    return lacking(name, "the key stands where it could not be replaced");
  }

  /** Returns why a request must not leave for another host than it was made for. */
  public static Denied none(String name, CallHead head) {
    return lacking(name, "there is no credential that can be sent to " + head.host());
  }

  private static Denied lacking(String name, String detail) {
    return new Denied(new Denial(Denial.Reason.NO_CREDENTIAL, name, null, detail));
  }
}
