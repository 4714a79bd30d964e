package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * One message of an AWS event stream: lengths, their checksum, headers, payload, checksum of all. It
 * can be written again with another payload, so that damage reaches what is behind the checksums.
 *
 * @see <a href="https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html">the
 *     format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventFrame(byte[] headers, byte[] payload) {

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;
  private static final byte STRING = 7;
  private static final String BYTES = "\"bytes\":\"";

  /** Makes an event that carries JSON. */
  static byte[] event(String type, String json) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", type);
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", "event");
    return new EventFrame(headers.toByteArray(), json.getBytes(UTF_8)).bytes();
  }

  private static void header(ByteArrayOutputStream into, String name, String value) {
    into.write(name.length());
    into.writeBytes(name.getBytes(UTF_8));
    into.write(STRING);
    into.write(value.length() >> 8);
    into.write(value.length());
    into.writeBytes(value.getBytes(UTF_8));
  }

  EventFrame with(byte[] other) {
    return new EventFrame(headers, other);
  }

  /** Changes the payload, inside the base64 in which InvokeModel wraps what a model says. */
  byte[] unwrapped(UnaryOperator<byte[]> change) {
    String text = new String(payload, ISO_8859_1);
    int from = text.indexOf(BYTES);
    int to = from < 0 ? -1 : text.indexOf('"', from + BYTES.length());
    if (to < 0) {
      return change.apply(payload);
    }
    byte[] inner;
    try {
      inner = Base64.getDecoder().decode(text.substring(from + BYTES.length(), to));
    } catch (IllegalArgumentException e) {
      return change.apply(payload); // another mutation has spoilt it before
    }
    return (text.substring(0, from + BYTES.length())
            + Base64.getEncoder().encodeToString(change.apply(inner))
            + text.substring(to))
        .getBytes(ISO_8859_1);
  }

  byte[] bytes() {
    int length = PRELUDE + headers.length + payload.length + CHECKSUM;
    ByteBuffer frame = ByteBuffer.allocate(length);
    frame.putInt(length).putInt(headers.length);
    frame.putInt(checksum(frame.array(), 8));
    frame.put(headers).put(payload);
    frame.putInt(checksum(frame.array(), length - CHECKSUM));
    return frame.array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** Returns the messages of a body, up to where it is cut; none if it is no event stream. */
  static List<EventFrame> of(byte[] body) {
    List<EventFrame> frames = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(body);
    while (in.remaining() > PRELUDE + CHECKSUM) {
      int start = in.position();
      int length = in.getInt();
      int headers = in.getInt();
      int sum = in.getInt();
      byte[] lengths = new byte[8];
      System.arraycopy(body, start, lengths, 0, 8);
      if (sum != checksum(lengths, 8) || length > body.length - start) {
        break;
      }
      byte[] head = new byte[headers];
      byte[] payload = new byte[length - headers - PRELUDE - CHECKSUM];
      in.get(head).get(payload).getInt();
      frames.add(new EventFrame(head, payload));
    }
    return frames;
  }
}
