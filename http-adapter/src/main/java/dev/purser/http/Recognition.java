package dev.purser.http;

import dev.purser.wire.Dialect;
import dev.purser.wire.dialect.Dialects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request is by its head alone.
 *
 * @param dialect the API that it speaks, so that its body is worth reading; null if none that is known
 * @param billable whether a request without a dialect may cost something
 * @param unmetered why such a request is not counted; empty if there is nothing to be told
 */
public record Recognition(@Nullable Dialect dialect, boolean billable, String unmetered) {

  private static final Set<String> UNBILLED = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  /** Recognises a request. */
  public static Recognition of(CallHead head, boolean hasVirtualKey, FaultBarrier faults) {
    Optional<Dialect> found = faults.ask(
        "the dialects",
        () -> Optional.ofNullable(Dialects.find(head.method(), head.host(), head.encodedPath())));
    if (found != null && found.isPresent()) {
      return new Recognition(found.get(), true, "");
    }
    boolean free = Boolean.TRUE.equals(faults.ask(
        "the endpoints", () -> Dialects.isFree(head.method(), head.host(), head.encodedPath())));
    boolean billable = mayBeBilled(head)
        && !free
        && (hasVirtualKey || faults.ask("the hosts", () -> somebody(head.host())) != null);
    String why = found == null || !billable
        ? ""
        : faults.ask(
            "the endpoints",
            () -> Dialects.whyUnmetered(head.method(), head.host(), head.encodedPath()));
    return new Recognition(null, billable, why == null ? "" : why);
  }

  private static @Nullable String somebody(String host) {
    String provider = Dialects.providerOf(host);
    return provider == null ? Dialects.ownerOf(host) : provider; // a gateway
  }

  /** Whatever does not only ask; a web socket starts as a GET and may carry any number of calls. */
  private static boolean mayBeBilled(CallHead head) {
    return !UNBILLED.contains(head.method())
        || head.header("Upgrade") != null
        || head.header("X-HTTP-Method-Override") != null;
  }
}
