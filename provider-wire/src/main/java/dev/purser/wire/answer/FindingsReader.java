package dev.purser.wire.answer;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.json.Pick;

/** A reader that tells what follows from its {@link Findings}; what is shown counts as visible text. */
public abstract class FindingsReader implements AnswerReader {

  /** What was found so far. */
  protected final Findings findings;

  private final Pick pick;

  /** Creates a reader of what this pick takes from an answer. */
  protected FindingsReader(Findings findings, Pick pick) {
    this.findings = findings;
    this.pick = pick;
  }

  @Override
  public final Pick pick() {
    return pick;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {
    findings.visible().add(bytes, from, to, first);
  }

  @Override
  public void malformed() {
    findings.malformed();
  }

  @Override
  public Remarks remarks() {
    return findings.notes();
  }

  @Override
  public Meter.Reading reading(State state) {
    return findings.reading(state);
  }
}
