package dev.purser.http;

import dev.purser.api.ModelId;
import dev.purser.api.Secret;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import dev.purser.wire.WireRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which models a call can be sent to: those of its own provider if its body names the model, and those of
 * providers that speak the same at a host which was configured. For one thread at a time; costs nothing
 * unless it is asked.
 */
public final class Reach implements Predicate<ModelId> {

  private final WireCall wire;
  private final CallHead head;
  private final byte[] json;
  private final Upstreams upstreams;
  private final Function<UpstreamHead, @Nullable Secret> credentials;
  private final FaultBarrier faults;

  /**
   * Makes one for a call.
   *
   * @param json its body, freed of compression
   * @param credentials finds what may be sent to a host, besides what was given with it
   */
  public Reach(
      WireCall wire,
      CallHead head,
      byte[] json,
      Upstreams upstreams,
      Function<UpstreamHead, @Nullable Secret> credentials,
      FaultBarrier faults) {
    this.wire = wire;
    this.head = head;
    this.json = json;
    this.upstreams = upstreams;
    this.credentials = credentials;
    this.faults = faults;
  }

  WireCall wire() {
    return wire;
  }

  CallHead head() {
    return head;
  }

  byte[] json() {
    return json;
  }

  FaultBarrier faults() {
    return faults;
  }

  /** Whether the call may be sent to another model at all: a bill was written by whoever answered. */
  public boolean movable() {
    return wire.bill() == null && !Secrets.signed(head);
  }

  @Override
  public boolean test(ModelId other) {
    if (other.equals(wire.model())) {
      return true;
    }
    return Boolean.TRUE.equals(faults.ask("the reach", () -> reaches(other)));
  }

  /** An edit does what it can and does not say what it did, so what it made is read. */
  private boolean reaches(ModelId other) {
    boolean here = other.provider().equals(wire.model().provider());
    CallHead there = here ? head : elsewhere(other.provider());
    if (there == null || !movable()) {
      return false;
    }
    byte[] edited = wire.edited(new Edit(other.name(), OptionalLong.empty(), false));
    WireCall sent = wire.dialect().read(there.with(edited));
    return sent != null
        && sent.model().equals(other)
        && (!(there instanceof UpstreamHead upstream) || credential(upstream) != null);
  }

  /** Returns the head that the call has at the host of another provider; null if there is none for it. */
  @Nullable UpstreamHead elsewhere(String provider) {
    UpstreamHost host = upstreams.find(provider, wire.dialect().name());
    if (host == null) {
      return null;
    }
    UpstreamHead there = new UpstreamHead(head, host);
    WireRequest empty = there.with(new byte[0]);
    return wire.dialect().speaks(empty.method(), empty.host(), empty.path()) ? there : null;
  }

  /** Returns what the request must say there for its credential; null if there is none to send. */
  public @Nullable List<Change> credential(UpstreamHead there) {
    UpstreamHost host = there.upstream();
    Secret found = faults.ask(() -> credentials.apply(there), this::failed);
    Secret secret = found == null ? faults.ask(host::ownCredential, this::failed) : found;
    if (secret == null) {
      return host.mayDoWithout() ? List.of() : null;
    }
    return host.saying(secret);
  }

  private void failed(String fault) {
    faults.log("the credential of an upstream could not be had: " + fault);
  }
}
