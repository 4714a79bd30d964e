package dev.purser.wire.corpus;

import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;

/** Ways in which a network cuts up an answer. */
public final class Feeding {

  private Feeding() {}

  /** All at once. */
  public static Fed whole(Meter meter, byte[] body) {
    return feed(meter, body, () -> Integer.MAX_VALUE);
  }

  /** One byte after the other. */
  public static Fed byteByByte(Meter meter, byte[] body) {
    return feed(meter, body, () -> 1);
  }

  /** In pieces whose sizes the seed decides; short ones and long ones, as networks have them. */
  public static Fed randomly(Meter meter, byte[] body, long seed) {
    Random random = new Random(seed);
    return feed(meter, body, () -> 1 + random.nextInt(random.nextBoolean() ? 24 : 3000));
  }

  /** What is lent to the meter is scribbled over afterwards: it may keep nothing of it. */
  private static Fed feed(Meter meter, byte[] body, IntSupplier sizes) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; ) {
      int length = Math.min(sizes.getAsInt(), body.length - at);
      byte[] lent = new byte[length + 2];
      System.arraycopy(body, at, lent, 1, length);
      meter.accept(lent, 1, length, seen::write);
      Arrays.fill(lent, (byte) '"');
      at += length;
    }
    meter.end(seen::write);
    return new Fed(seen.toByteArray(), meter.reading());
  }

  /** What the caller got, and what the meter made of it. */
  @SuppressWarnings("ArrayRecordComponent") // looked at by tests, part by part
  public record Fed(byte[] seen, Reading reading) {}
}
