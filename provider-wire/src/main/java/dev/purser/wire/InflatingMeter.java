package dev.purser.wire;

/**
 * Meters a compressed answer: the caller gets the bytes as they came, and the meter within gets a
 * copy that is inflated piece by piece, so that no ratio of compression costs memory.
 */
final class InflatingMeter implements Meter {

  private static final Output NOWHERE = (bytes, offset, length) -> {};

  private final Inflation inflation;
  private final Meter inner;
  private final AnswerReader reader;

  InflatingMeter(Inflation inflation, Meter inner, AnswerReader reader) {
    this.inflation = inflation;
    this.inner = inner;
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    inflation.inflate(
        bytes, offset, length, (inflated, count) -> inner.accept(inflated, 0, count, NOWHERE));
    if (inflation.failed()) {
      reader.malformed();
    }
  }

  @Override
  public void end(Output output) {
    inflation.close();
    inner.end(NOWHERE);
  }

  @Override
  public Reading reading() {
    return inner.reading();
  }
}
