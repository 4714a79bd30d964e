package dev.purser.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * A line on its way to the file. <b>Memory order:</b> whoever waits says so before it looks at the state,
 * who writes sets the state before it looks who waits; both are volatile, so no wake-up is lost.
 */
final class Line {

  /** What becomes of a line that cannot be written. */
  enum Kind {
    /** Takes money that a limit guards: given up, and its call refused. */
    TAKING,
    /** Gives such money back, or changes what is in force: kept until it can be written. */
    KEPT,
    /** Of calls that no limit holds up, or told for people: kept as long as there is room. */
    TOLD
  }

  /** What became of it. */
  enum State {
    WAITING,
    /** It is in the file. */
    WRITTEN,
    /** It could not be written, and will be as soon as anything can. */
    LATE,
    /** It could not be written, and will never be. */
    GIVEN_UP
  }

  final byte[] open;
  final Kind kind;
  volatile State state = State.WAITING;
  volatile @Nullable Thread waiter;

  /** @param open the object without its closing brace */
  Line(byte[] open, Kind kind) {
    this.open = open;
    this.kind = kind;
  }
}
