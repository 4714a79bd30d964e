package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What the headers of a message of an AWS event stream say of its kind.
 *
 * @param name the event's type; {@code exception} or {@code error} for a message that is one
 */
record EventStreamHeaders(String name) {

  private static final int STRING = 7;

  /** The lengths of the values by type; -1 where two bytes before the value say it. */
  private static final int[] LENGTHS = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

  /** Reads headers; those that are none name nothing. */
  static EventStreamHeaders read(byte[] bytes, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    String event = "";
    while (buffer.remaining() >= 2) {
      String name = text(buffer, buffer.get() & 0xFF);
      int type = buffer.hasRemaining() ? buffer.get() : -1;
      if (type < 0 || type >= LENGTHS.length) {
        break;
      }
      int size = LENGTHS[type];
      if (size < 0) {
        size = buffer.remaining() < 2 ? 0 : buffer.getShort() & 0xFFFF;
      }
      String value = text(buffer, size);
      boolean fault = name.equals(":message-type") && !value.equals("event");
      if (type == STRING && fault) {
        return new EventStreamHeaders(value);
      }
      event = type == STRING && name.equals(":event-type") ? value : event;
    }
    return new EventStreamHeaders(event);
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] text = new byte[Math.min(length, buffer.remaining())];
    buffer.get(text);
    return new String(text, UTF_8);
  }
}
