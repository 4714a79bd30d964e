package dev.purser.wire.fuzz;

import dev.purser.api.Settlement;
import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.fuzz.SmallAnswer.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Runs every attack on every API, as the main class of a JVM with a small heap: the test that starts
 * it reads a line for each. What is large is tried once a framing.
 */
final class SmallHeap {

  private SmallHeap() {}

  /**
   * Takes the sizes of large bodies in bytes: of a JSON answer, of one in another framing, and of what
   * is inflated or searched for its end.
   */
  public static void main(String[] arguments) throws IOException {
    long json = Long.parseLong(arguments[0]);
    long framed = Long.parseLong(arguments[1]);
    long inflated = Long.parseLong(arguments[2]);
    Map<Framing, SmallAnswer> first = new EnumMap<>(Framing.class);
    for (SmallAnswer answer : SmallAnswers.ALL) {
      WireCall call = answer.call();
      if (call == null) {
        System.out.println("MISSING " + answer);
        continue;
      }
      boolean isFirst = first.putIfAbsent(answer.framing(), answer) == null;
      for (Attack attack : Attack.values()) {
        if (isFirst || !attack.isSized()) {
          long sent = answer.framing() == Framing.JSON ? json : framed;
          long size = attack == Attack.HUGE ? sent : inflated;
          long start = System.nanoTime();
          String fault = fault(answer, call, attack, size);
          long millis = (System.nanoTime() - start) / 1_000_000;
          System.out.println((fault.isEmpty() ? "OK " : "WRONG ") + attack + " " + answer + " "
              + millis + " ms" + fault);
        }
      }
    }
  }

  private static String fault(SmallAnswer answer, WireCall call, Attack attack, long size)
      throws IOException {
    Meter meter = call.meter(answer.head(attack == Attack.GZIP_BOMB ? "gzip" : null), false);
    Wire wire = new Wire(meter);
    try {
      attack.pour(answer, size, wire);
      meter.end(wire::arrived);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return ": " + e;
    }
    return !wire.isUnchanged() ? ": bytes are lost or changed" : fault(meter.reading(), attack);
  }

  private static String fault(Reading reading, Attack attack) {
    Settlement settlement = reading.settlement();
    if (settlement == null) {
      return attack.isWellFormed() || reading.trouble() == null ? ": " + reading : "";
    }
    boolean asStated = settlement.inputTokens() == SmallAnswer.INPUT
        && settlement.outputTokens() <= SmallAnswer.OUTPUT;
    boolean atStatedCost =
        attack.isAbsurdCount() && settlement.statedCost() != null && settlement.inputTokens() == 0;
    boolean sane = asStated && !attack.isAbsurdCount() && attack != Attack.UNENDED_LINE;
    return sane || atStatedCost ? "" : ": " + reading;
  }

  /** Takes what is sent through a meter, and compares it with what arrives by length and checksum. */
  private static final class Wire extends OutputStream {
    private final Meter meter;
    private final CRC32C sentSum = new CRC32C();
    private final CRC32C arrivedSum = new CRC32C();
    private long sent;
    private long arrived;

    Wire(Meter meter) {
      this.meter = meter;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int at = 0; at < length; ) {
        int piece = Math.min(1 << 14, length - at); // about what a TLS record holds
        sentSum.update(bytes, offset + at, piece);
        sent += piece;
        meter.accept(bytes, offset + at, piece, this::arrived);
        at += piece;
      }
    }

    void arrived(byte[] bytes, int offset, int length) {
      arrivedSum.update(bytes, offset, length);
      arrived += length;
    }

    boolean isUnchanged() {
      return sent == arrived && sentSum.getValue() == arrivedSum.getValue();
    }
  }
}
