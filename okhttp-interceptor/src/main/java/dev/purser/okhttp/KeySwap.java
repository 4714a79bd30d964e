package dev.purser.okhttp;

import dev.purser.api.BudgetGuard;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.CarriedKey;
import dev.purser.wire.CredentialSwap;
import dev.purser.wire.CredentialSwap.Changed;
import dev.purser.wire.CredentialSwap.Lacking;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Swaps a virtual key that the guard let pass for the real credential. */
final class KeySwap {

  private static final Set<String> ECHOED = Set.of("TRACE", "CONNECT");

  private final BudgetGuard guard;
  private final @Nullable CredentialSwap swap;

  /**
   * Takes credentials from a source.
   *
   * @param source null if there is none: then no virtual key can be used
   */
  KeySwap(BudgetGuard guard, @Nullable CredentialSource source) {
    this.guard = guard;
    swap = source == null ? null : new CredentialSwap(source);
  }

  /** The request in disguise, or why there is none. */
  sealed interface Outcome {}

  record Ready(Disguise disguise) implements Outcome {}

  record Denied(Denial denial) implements Outcome {}

  /**
   * Swaps it.
   *
   * @param name the name of the key
   */
  Outcome of(Request request, CarriedKey key, String name, FaultBarrier faults) {
    if (ECHOED.contains(request.method().toUpperCase(Locale.ROOT))) {
      return lacking(name, "a server may send back what it gets by " + request.method());
    }
    CredentialSwap configured = swap;
    if (configured == null) {
      return lacking(name, "the interceptor was given no source of credentials");
    }
    AtomicReference<String> fault = new AtomicReference<>("");
    CredentialSwap.Result result =
        faults.ask(() -> configured.of(new RequestParts(request), key, name), fault::set);
    if (result instanceof Changed changed) {
      Disguise disguise = new Disguise(request, changed.changes());
      return RequestParts.virtualKey(disguise.sent()) == null
          ? new Ready(disguise)
          : lacking(name, "the key stands where it could not be replaced");
    }
    if (result instanceof Lacking lacking) {
      return new Denied(lacking.denial());
    }
    faults.log("the source of credentials failed with " + fault);
    return lacking(name, "the source of credentials failed with " + fault);
  }

  /**
   * Returns the name of a key. A guard that does not say it leaves the part of the secret that everybody
   * may see.
   */
  String keyName(CarriedKey key, FaultBarrier faults) {
    Credential credential = key.credential();
    String name =
        faults.ask(() -> guard.keyName(credential).orElse(credential.keyId()), fault -> {});
    return name == null ? credential.keyId() : name;
  }

  private static Outcome lacking(String name, String detail) {
    return new Denied(new Denial(Denial.Reason.NO_CREDENTIAL, name, null, detail));
  }
}
