package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.wire.json.Picker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Predicate;

/** The data of one server-sent event: what follows {@code data:} on its lines, joined. */
final class SseData {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final byte[] bytes;

  private SseData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the data out of an event. */
  static SseData of(byte[] event, int from, int to) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(to - from);
    boolean any = false;
    int line = from;
    while (line < to) {
      int end = line;
      while (end < to && event[end] != '\n' && event[end] != '\r') {
        end++;
      }
      int start = dataStart(event, line, end);
      if (start >= 0) {
        if (any) {
          joined.write('\n');
        }
        joined.write(event, start, end - start);
        any = true;
      }
      line = end + 1;
    }
    return new SseData(joined.toByteArray());
  }

  /** Returns where a line's data starts, or −1 if it has none. */
  private static int dataStart(byte[] event, int from, int to) {
    int at = from;
    while (at < to && event[at] < 0) {
      at++; // a byte order mark, which only the first line can have
    }
    boolean data = to - at >= 5
        && event[at] == 'd'
        && event[at + 1] == 'a'
        && event[at + 2] == 't'
        && event[at + 3] == 'a'
        && event[at + 4] == ':';
    if (!data) {
      return -1;
    }
    return at + 5 < to && event[at + 5] == ' ' ? at + 6 : at + 5;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /** Whether this may be a JSON object. */
  boolean isObject() {
    int at = 0;
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
    return at < bytes.length && bytes[at] == '{';
  }

  /** Shows the data to a picker. */
  void pick(Picker picker) {
    picker.scan(bytes, 0, bytes.length);
  }

  /** Whether all of the data, which is JSON, is such. */
  boolean matches(Predicate<JsonNode> such) {
    try {
      return such.test(MAPPER.readTree(bytes));
    } catch (IOException e) {
      return false; // then it is not for us to hide
    }
  }

  String text() {
    return new String(bytes, UTF_8);
  }
}
