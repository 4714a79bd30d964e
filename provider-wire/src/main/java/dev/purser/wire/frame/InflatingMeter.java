package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;

/**
 * Meters a compressed answer: the caller gets the bytes as they came, and the meter within gets a
 * copy that is inflated piece by piece, so that no ratio of compression costs memory.
 */
final class InflatingMeter implements Meter {

  private static final Output NOWHERE = (bytes, offset, length) -> {};

  private final Inflation inflation;
  private final Meter inner;
  private final Runnable malformed;

  InflatingMeter(Inflation inflation, Meter inner, Runnable malformed) {
    this.inflation = inflation;
    this.inner = inner;
    this.malformed = malformed;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    inflation.inflate(
        bytes, offset, length, (inflated, count) -> inner.accept(inflated, 0, count, NOWHERE));
    if (inflation.failed()) {
      malformed.run();
    }
  }

  @Override
  public void end(Output output) {
    inflation.close();
    inner.end(NOWHERE);
  }

  @Override
  public boolean news() {
    return inner.news();
  }

  @Override
  public Reading reading() {
    return inner.reading();
  }

  @Override
  public Remarks remarks() {
    return inner.remarks();
  }
}
