package dev.purser.wire.frame;

import dev.purser.wire.json.ByteSearch;

/**
 * Finds where server-sent events end. Lines end with a line feed, a carriage return, or both; an
 * empty line ends an event. For one thread at a time.
 */
final class SseFraming {

  private boolean lineEmpty = true;
  private boolean afterReturn;
  private boolean afterEvent;

  /** What a call of {@link #next} found. */
  enum Piece {
    /** A part of an event, of which more is to come. */
    PART,
    /** The rest of an event. */
    END,
    /** The line feed that belongs to the event before, whose end was seen at a carriage return. */
    TAIL
  }

  private Piece found = Piece.PART;

  /** Returns what the last call of {@link #next} found. */
  Piece found() {
    return found;
  }

  /** Returns the index after the next piece, which is not empty. */
  int next(byte[] bytes, int from, int to) {
    int i = from;
    if (afterReturn && bytes[i] == '\n') {
      afterReturn = false;
      i++;
      if (afterEvent) {
        found = Piece.TAIL;
        return i;
      }
    }
    while (i < to) {
      i = lineBreak(bytes, i, to);
      if (i == to) {
        break;
      }
      boolean ends = lineEmpty;
      lineEmpty = true;
      afterEvent = ends;
      afterReturn = bytes[i++] == '\r';
      if (ends) {
        found = Piece.END;
        return i;
      }
      if (afterReturn && i < to && bytes[i] == '\n') {
        afterReturn = false;
        i++;
      }
    }
    found = Piece.PART;
    return to;
  }

  private int lineBreak(byte[] bytes, int from, int to) {
    int i = ByteSearch.either(bytes, from, to, '\n', '\r');
    if (i > from) {
      lineEmpty = false;
      afterReturn = false;
    }
    return i;
  }
}
