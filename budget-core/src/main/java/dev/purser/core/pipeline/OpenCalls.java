package dev.purser.core.pipeline;

import dev.purser.spi.Account;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The calls that hold something now. Safe for use by several threads. */
final class OpenCalls {

  private final Set<CallReservation> open = ConcurrentHashMap.newKeySet();

  void add(CallReservation call) {
    open.add(call);
    if (!call.open()) {
      // Its lease ended before it stood here, and would have it stay for ever.
      open.remove(call);
    }
  }

  void remove(CallReservation call) {
    open.remove(call);
  }

  void each(Consumer<CallReservation> action) {
    open.forEach(action);
  }

  /** Returns what calls that this thread works on hold of an account, in its measure. */
  long heldByThisThread(Account account) {
    long held = 0;
    for (CallReservation call : open) {
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
