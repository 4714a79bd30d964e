package dev.purser.clients;

import java.util.Locale;

/** What every client is shown to do; the order is that of the page's columns. */
public enum Scenario {
  /** The call counts for whom the calling thread says, its session included. */
  ATTRIBUTED,
  /** Four threads that go on until they are refused stay within the budget and use it up. */
  CAPPED,
  /** The output cap is lowered to what is left. */
  FITTED,
  /** The cheaper model of the call's class serves it. */
  ROUTED,
  /** What the provider billed is charged, to the nano-dollar. */
  METERED,
  /** Pieces arrive as they are written, and the bill is charged. */
  STREAMED,
  /** A freeze ends a stream that is under way; what was seen is charged. */
  CUT,
  /** A stream that the caller gives up is charged for what was seen, and holds nothing. */
  CANCELLED,
  /** A refused call never leaves, is not tried again, and tells every fact. */
  REFUSED;

  /** How the page calls it. */
  String column() {
    return this == REFUSED ? "refused without retries" : name().toLowerCase(Locale.ROOT);
  }
}
