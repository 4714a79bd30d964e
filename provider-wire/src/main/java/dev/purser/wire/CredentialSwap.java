package dev.purser.wire;

import dev.purser.api.Denial;
import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import dev.purser.wire.host.HostOwners;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts real credentials where a request carries a virtual key. Each place gets the credential of
 * whoever reads it, and no one else's: a provider is only known by a host that is certainly its own,
 * over TLS; a credential for any other host must be bound to that host. A gateway gets to see a
 * provider's credential only if the source has one for the gateway itself. Safe for use by several
 * threads.
 */
public final class CredentialSwap {

  private static final int TLS_PORT = 443;
  private static final String UNCERTAIN = " to pass on: it is not certain to whom";

  private final CredentialSource source;

  /** Takes credentials from a source. */
  public CredentialSwap(CredentialSource source) {
    this.source = source;
  }

  /** What became of it. */
  public sealed interface Result {}

  /** The request may leave when these changes are made. */
  public record Changed(List<Change> changes) implements Result {}

  /** There is no credential for it. */
  public record Lacking(Denial denial) implements Result {}

  /**
   * A header or a parameter to set in place of all of its name, or to remove.
   *
   * @param header whether it is a header, and not a parameter of the query
   * @param name its name
   * @param before what to write before the credential
   * @param credential what to set; null to remove it
   */
  public record Change(
      boolean header, String name, String before, @Nullable Secret credential) {

    /** Returns the value to set; null to remove it. Whoever calls this must neither log nor keep it. */
    public @Nullable String value() {
      return credential == null ? null : before + credential.reveal();
    }
  }

  /**
   * Says how a request is to be changed. What the source throws is thrown on.
   *
   * @param key what it carries; without an {@linkplain CarriedKey#objection objection}
   * @param keyName the name of the virtual key
   */
  public Result of(RequestHead head, CarriedKey key, String keyName) {
    String oddity = oddity(head);
    if (!oddity.isEmpty()) {
      return lacking(new Upstream(null, head.host(), head.port(), keyName), oddity);
    }
    Gateway gateway = Gateway.of(head);
    return gateway == null ? direct(head, key, keyName) : through(gateway, head, key, keyName);
  }

  /**
   * Returns what to send to a host besides the one that a request was made for; null if there is nothing
   * that may go there. What the source throws is thrown on.
   *
   * @param keyName the name of the virtual key that the request carried
   */
  public @Nullable Secret at(RequestHead head, String keyName) {
    String owner = head.secure() ? HostOwners.ownerOf(head.host()) : null;
    return usable(source.credentialFor(new Upstream(owner, head.host(), head.port(), keyName)));
  }

  /**
   * Returns a credential without space around it; null if it cannot be sent: a virtual key, or one with a
   * line end or a letter beyond ASCII, which would make an exception that quotes the header.
   */
  public static @Nullable Secret usable(@Nullable Secret credential) {
    if (credential == null) {
      return null;
    }
    String text = credential.reveal().strip();
    return KeySecret.isLike(text) || text.chars().anyMatch(c -> c < ' ' || c > '~')
        ? null
        : Secret.of(text);
  }

  /** Returns what makes it uncertain who gets the request; empty if nothing does. */
  private static String oddity(RequestHead head) {
    if (head.host().endsWith(".")) {
      return ", whose name ends in a dot";
    }
    if (!head.secure() && head.port() == TLS_PORT) {
      return " without TLS";
    }
    String authority = head.host() + ":" + head.port();
    for (String stated : head.headers("Host")) {
      if (!stated.equalsIgnoreCase(head.host()) && !stated.equalsIgnoreCase(authority)) {
        return ", because the header Host names another";
      }
    }
    return "";
  }

  private Result direct(RequestHead head, CarriedKey key, String keyName) {
    String owner = head.secure() ? HostOwners.ownerOf(head.host()) : null;
    Upstream upstream = new Upstream(owner, head.host(), head.port(), keyName);
    Secret credential = usable(source.credentialFor(upstream));
    if (credential == null) {
      return lacking(upstream, hint(head, owner));
    }
    if (owner != null && key.places().stream().allMatch(CredentialPlace::isOfGateways)) {
      return lacking(upstream, ", which reads none where the key stands");
    }
    List<Change> changes = new ArrayList<>();
    for (CredentialPlace place : key.places()) {
      // A provider reads nothing that was meant for a gateway.
      changes.add(change(place, owner != null && place.isOfGateways() ? null : credential));
    }
    return new Changed(changes);
  }

  private Result through(Gateway gateway, RequestHead head, CarriedKey key, String keyName) {
    CredentialPlace ownPlace = gateway.place();
    Upstream own = new Upstream(gateway.owner(), head.host(), head.port(), keyName);
    Secret ownCredential = usable(source.credentialFor(own));
    List<Change> changes = new ArrayList<>();
    boolean carried = key.places().stream().anyMatch(place -> place.name().equals(ownPlace.name()));
    if (ownCredential == null && carried) {
      return lacking(own, "");
    }
    if (ownCredential != null && (carried || head.headers(ownPlace.name()).isEmpty())) {
      changes.add(change(ownPlace, ownCredential));
    }
    // In an account of the caller's own, a gateway does with it what the caller has it do.
    boolean ours = ownCredential != null
        && (carried
            || head.headers(ownPlace.name()).stream()
                .allMatch(value -> value.equals(ownPlace.before() + ownCredential.reveal())));
    Upstream beyond = ours ? gateway.beyond(head, keyName) : null;
    Secret credential = beyond == null ? null : usable(source.credentialFor(beyond));
    for (CredentialPlace place : key.places()) {
      if (place.isOfGateways()) {
        if (!place.name().equals(ownPlace.name())) {
          changes.add(change(place, null));
        }
      } else if (credential != null || gateway.keepsKeys()) {
        changes.add(change(place, credential));
      } else {
        return ownCredential == null
            ? lacking(own, "; without it, a provider's does not go there either")
            : lacking(beyond == null ? own : beyond, beyond == null ? UNCERTAIN : "");
      }
    }
    return new Changed(changes);
  }

  private static Change change(CredentialPlace place, @Nullable Secret credential) {
    return new Change(place.header(), place.name(), place.before(), credential);
  }

  private static String hint(RequestHead head, @Nullable String owner) {
    if (owner != null) {
      return "";
    }
    return HostOwners.ownerOf(head.host()) == null
        ? "; this host is nobody's that is known, so one must be bound to it"
        : "; without TLS, only one that is bound to this host and port goes there";
  }

  private static Lacking lacking(Upstream upstream, String hint) {
    String provider = upstream.provider();
    String whose = provider == null ? "" : "of " + provider + " ";
    return new Lacking(new Denial(
        Denial.Reason.NO_CREDENTIAL,
        upstream.key(),
        null,
        "the source has none that can be sent " + whose + "for " + upstream.authority() + hint));
  }
}
