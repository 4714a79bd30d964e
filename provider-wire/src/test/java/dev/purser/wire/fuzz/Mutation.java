package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change to the bytes of an answer.
 *
 * @param where decides the place, and what is put there; any number
 */
record Mutation(Kind kind, int where) {

  /** No count and no price; some that a parser of big decimals takes for ever to write out. */
  private static final List<String> NUMBERS = List.of(
      "-1",
      "9223372036854775808",
      "9223372036854775807",
      "2147483649",
      "1e308",
      "1e999999999",
      "1e-999999999",
      "-0",
      "2.5",
      "2.0",
      "\"12\"",
      "null",
      "true",
      "[7]",
      "{\"a\":7}",
      "[]",
      "99999999999999999999999999999999",
      "0",
      "NaN");

  private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,]\\s?)-?\\d+(\\.\\d+)?");
  private static final Pattern FIELD = Pattern.compile("\"\\w+\"(?=\\s?:)");
  private static final int NESTING = 10_000;
  private static final int ENDLESS = 300_000;

  enum Kind {
    FLIP,
    TRUNCATE,
    DROP,
    DUPLICATE,
    SWAP,
    NUMBER,
    NEST,
    ENDLESS,
    INVALID_UTF8,
    RENAME,
    CONCATENATE,
    REPEAT
  }

  byte[] apply(byte[] body) {
    List<EventFrame> frames = EventFrame.of(body);
    boolean inside = !frames.isEmpty() && kind.compareTo(Kind.NUMBER) >= 0;
    return inside ? insideOne(frames) : applyTo(body);
  }

  /** Else a checksum keeps most of it away. */
  private byte[] insideOne(List<EventFrame> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Most of what counts is at the end.
    int chosen = where % 3 == 0 ? at(frames.size()) : frames.size() - 1;
    for (int i = 0; i < frames.size(); i++) {
      EventFrame each = frames.get(i);
      out.writeBytes((i == chosen ? each.with(each.unwrapped(this::applyTo)) : each).bytes());
    }
    return out.toByteArray();
  }

  private byte[] applyTo(byte[] body) {
    if (body.length == 0) {
      return body;
    }
    int at = at(body.length);
    int length = Math.min(body.length - at, 1 + Math.floorMod(where >> 3, 200));
    byte[] piece = Arrays.copyOfRange(body, at, at + length);
    return switch (kind) {
      case FLIP -> flipped(body, at);
      case TRUNCATE -> Arrays.copyOf(body, at);
      case DROP -> put(body, at, at + length, new byte[0]);
      case DUPLICATE -> put(body, at, at, piece);
      case SWAP -> put(put(body, at, at + length, new byte[0]), 0, 0, piece);
      case NUMBER -> replace(body, NUMBER, NUMBERS.get(Math.floorMod(where >> 5, NUMBERS.size())));
      case NEST -> replace(body, NUMBER, nested(NUMBERS.get(0)));
      case ENDLESS -> put(body, at, at, filled(ENDLESS));
      case INVALID_UTF8 ->
        put(body, at, at, new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff, (byte) 0xed, 0x7f});
      case RENAME -> replace(body, FIELD, "\"x\"");
      case CONCATENATE -> put(body, body.length, body.length, body);
      case REPEAT -> repeated(body, at, piece);
    };
  }

  private int at(int size) {
    return Math.floorMod(where * 31, size);
  }

  private byte[] flipped(byte[] body, int at) {
    byte[] copy = body.clone();
    copy[at] ^= (byte) (1 << (where & 7));
    return copy;
  }

  private static byte[] repeated(byte[] body, int at, byte[] piece) {
    byte[] many = new byte[piece.length * 1000];
    for (int i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    return put(body, at, at, many);
  }

  private static byte[] filled(int length) {
    byte[] filler = new byte[length];
    Arrays.fill(filler, (byte) 'a');
    return filler;
  }

  private static String nested(String inner) {
    return "[".repeat(NESTING) + inner + "]".repeat(NESTING);
  }

  private byte[] replace(byte[] body, Pattern what, String with) {
    Matcher matcher = what.matcher(new String(body, ISO_8859_1));
    List<MatchResult> found = matcher.results().toList();
    if (found.isEmpty()) {
      return body;
    }
    MatchResult one = found.get(at(found.size()));
    return put(body, one.start(), one.end(), with.getBytes(ISO_8859_1));
  }

  private static byte[] put(byte[] body, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(body, 0, from);
    out.writeBytes(instead);
    out.write(body, to, body.length - to);
    return out.toByteArray();
  }
}
