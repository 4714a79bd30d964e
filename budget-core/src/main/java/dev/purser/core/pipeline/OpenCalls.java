package dev.purser.core.pipeline;

import dev.purser.spi.Account;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The calls that hold something now, by id. Safe for use by several threads. */
final class OpenCalls {

  // By id, not a set of the calls themselves: the identity hash that an object gets on its first
  // use
  // there takes longer than all else here.
  private final ConcurrentMap<String, CallReservation> open = new ConcurrentHashMap<>();

  void add(CallReservation call) {
    open.put(call.id(), call);
    if (!call.open()) {
      // Its lease ended before it stood here, and would have it stay for ever.
      remove(call);
    }
  }

  void remove(CallReservation call) {
    open.remove(call.id(), call);
  }

  void each(Consumer<CallReservation> action) {
    open.values().forEach(action);
  }

  /** Returns what calls that this thread works on hold of an account, in its measure. */
  long heldByThisThread(Account account) {
    long held = 0;
    for (CallReservation call : open.values()) {
      if (call.carriedByThisThread()) {
        held += call.heldOf(account);
      }
    }
    return held;
  }

  int size() {
    return open.size();
  }
}
