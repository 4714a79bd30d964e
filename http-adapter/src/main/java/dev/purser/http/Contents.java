package dev.purser.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.api.CallTrace;
import dev.purser.api.Reservation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;

/** Shows a prompt to a guard that wants to see it, and makes no copy of it for one that does not. */
final class Contents {

  private Contents() {}

  /**
   * Shows the body of a request, if it is JSON.
   *
   * @param body as it is sent, but free of compression
   */
  static void prompt(Reservation reservation, byte[] body, FaultBarrier faults) {
    faults.run("the trace", () -> {
      CallTrace trace = reservation.trace();
      int wanted = trace.wantedContent();
      if (wanted > 0 && isJson(body)) {
        trace.prompt(beginning(body, wanted));
      }
    });
  }

  /** A form may hold a recording or a picture. */
  private static boolean isJson(byte[] body) {
    int at = 0;
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    return at < body.length && (body[at] == '{' || body[at] == '[');
  }

  private static CharBuffer beginning(byte[] body, int characters) {
    CharBuffer text = CharBuffer.allocate(Math.min(characters, body.length));
    // An overflow is what is left out.
    var unused = UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(body), text, true);
    return text.flip();
  }
}
