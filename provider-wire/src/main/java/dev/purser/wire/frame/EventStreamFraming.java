package dev.purser.wire.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Finds the messages of an AWS event stream as its bytes pass: the lengths of the message and its headers
 * and a checksum of these (twelve bytes, big-endian), the headers, the payload, and a checksum of all.
 * Keeps one prelude and one set of headers. For one thread at a time.
 */
final class EventStreamFraming {

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  /** The most that AWS sends ("event stream encoding": 128 KiB of headers, 16 MiB in all). */
  private static final int MOST_HEADERS = 128 * 1024;

  private static final int MOST_PAYLOAD = 16 * 1024 * 1024;

  private final Handler handler;
  private final CRC32 sum = new CRC32();
  private Part part = Part.PRELUDE;
  private byte[] kept = new byte[PRELUDE];
  private int keptLength;
  private int headers;
  private int left;

  /** Receives the messages. */
  interface Handler {

    /** A message begins. */
    void begin(EventStreamHeaders headers);

    /** Takes the next bytes of the payload. The slice is only valid during the call. */
    void payload(byte[] bytes, int from, int to);

    /**
     * The message ended.
     *
     * @param intact whether its checksum is right
     */
    void end(boolean intact);
  }

  private enum Part {
    PRELUDE,
    HEADERS,
    PAYLOAD,
    CHECKSUM
  }

  EventStreamFraming(Handler handler) {
    this.handler = handler;
  }

  /** Whether no message has begun that has not ended. */
  boolean betweenMessages() {
    return part == Part.PRELUDE && keptLength == 0;
  }

  /** Takes the next bytes; false if they are no event stream. */
  boolean take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end;
      if (part == Part.PAYLOAD) {
        end = Math.min(to, at + left);
        sum.update(bytes, at, end - at);
        handler.payload(bytes, at, end);
        left -= end - at;
        if (left == 0) {
          keep(Part.CHECKSUM, CHECKSUM);
        }
      } else {
        end = Math.min(to, at + kept.length - keptLength);
        System.arraycopy(bytes, at, kept, keptLength, end - at);
        keptLength += end - at;
        if (keptLength == kept.length && !whole()) {
          return false;
        }
      }
      at = end;
    }
    return true;
  }

  private void keep(Part next, int length) {
    part = next;
    kept = new byte[length];
    keptLength = 0;
  }

  /** A part that is kept is whole; false if it is wrong. */
  private boolean whole() {
    ByteBuffer buffer = ByteBuffer.wrap(kept);
    switch (part) {
      case PRELUDE -> {
        return prelude(buffer.getInt(), buffer.getInt(), buffer.getInt());
      }
      case HEADERS -> {
        sum.update(kept, 0, headers);
        begin(EventStreamHeaders.read(kept, headers));
      }
      default -> {
        handler.end(buffer.getInt() == (int) sum.getValue());
        keep(Part.PRELUDE, PRELUDE);
      }
    }
    return true;
  }

  private boolean prelude(int total, int headerLength, int checksum) {
    sum.reset();
    sum.update(kept, 0, PRELUDE - CHECKSUM);
    boolean right = checksum == (int) sum.getValue();
    sum.update(kept, PRELUDE - CHECKSUM, CHECKSUM);
    long payload = (long) total - headerLength - PRELUDE - CHECKSUM;
    if (!right
        || headerLength < 0
        || headerLength > MOST_HEADERS
        || payload < 0
        || payload > MOST_PAYLOAD) {
      return false;
    }
    headers = headerLength;
    left = (int) payload;
    if (headers == 0) {
      begin(new EventStreamHeaders(""));
    } else {
      keep(Part.HEADERS, headers);
    }
    return true;
  }

  private void begin(EventStreamHeaders found) {
    handler.begin(found);
    if (left == 0) {
      keep(Part.CHECKSUM, CHECKSUM);
    } else {
      part = Part.PAYLOAD;
    }
  }
}
