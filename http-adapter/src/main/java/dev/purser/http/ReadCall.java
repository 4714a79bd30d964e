package dev.purser.http;

import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect made of a request's body.
 *
 * @param wire the call, or null if it cannot be metered
 * @param unmetered why it cannot; empty if that has been told already
 */
public record ReadCall(@Nullable WireCall wire, String unmetered) {

  /** Reads a body. */
  public static ReadCall of(Dialect dialect, CallHead head, byte[] json, FaultBarrier faults) {
    Optional<WireCall> read =
        faults.ask("the dialect", () -> Optional.ofNullable(dialect.read(head.with(json))));
    if (read == null || read.isEmpty()) {
      return new ReadCall(null, read == null ? "" : "unreadable body");
    }
    String unmetered = read.get().unmetered();
    return unmetered == null ? new ReadCall(read.get(), "") : new ReadCall(null, unmetered);
  }
}
