package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** Messages of an AWS event stream, as the format has them. */
public final class EventStreamMessage {

  private static final int AROUND = 16;

  private EventStreamMessage() {}

  /** Returns an event that carries JSON. */
  public static byte[] event(String type, String json) {
    return of(
        joined(
            text(":event-type", type),
            text(":content-type", "application/json"),
            text(":message-type", "event")),
        json.getBytes(UTF_8));
  }

  /** Returns a chunk, which carries a document in base64. */
  public static byte[] chunk(String document) {
    String encoded = Base64.getEncoder().encodeToString(document.getBytes(UTF_8));
    return event("chunk", "{\"bytes\":\"" + encoded + "\",\"p\":\"abcd\"}");
  }

  /** Returns an exception. */
  public static byte[] exception(String type, String json) {
    return of(
        joined(text(":exception-type", type), text(":message-type", "exception")),
        json.getBytes(UTF_8));
  }

  /** Returns a header whose value is text. */
  static byte[] text(String name, String value) {
    byte[] bytes = value.getBytes(UTF_8);
    return header(
        name, 7, joined(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes));
  }

  static byte[] header(String name, int type, byte[] value) {
    byte[] bytes = name.getBytes(UTF_8);
    return joined(new byte[] {(byte) bytes.length}, bytes, new byte[] {(byte) type}, value);
  }

  static byte[] of(byte[] headers, byte[] payload) {
    int length = headers.length + payload.length + AROUND;
    ByteBuffer message = ByteBuffer.allocate(length);
    message.put(prelude(length, headers.length)).put(headers).put(payload);
    return message.putInt(checksum(message.array(), length - 4)).array();
  }

  /** Returns the lengths of a message, with a checksum that is right whatever they are. */
  static byte[] prelude(int length, int headers) {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(headers);
    return prelude.putInt(checksum(prelude.array(), 8)).array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /** Returns pieces as one. */
  public static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
