package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import org.jspecify.annotations.Nullable;

/** Meters an answer whose head does not say what it is: by its first byte that is not space. */
final class SniffingMeter implements Meter {

  private final Meter json;
  private final Meter events;
  private final Meter messages;
  private @Nullable Meter chosen;

  /**
   * Creates a meter.
   *
   * @param messages meters an event stream of AWS, which begins with a length, and so with a zero
   */
  SniffingMeter(Meter json, Meter events, Meter messages) {
    this.json = json;
    this.events = events;
    this.messages = messages;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    for (int i = offset; chosen == null && i < offset + length; i++) {
      if (bytes[i] == 0) {
        chosen = messages;
      } else if (bytes[i] > ' ' || bytes[i] < 0) {
        chosen = bytes[i] == '{' || bytes[i] == '[' ? json : events;
      }
    }
    if (chosen == null) {
      output.write(bytes, offset, length); // space, of which neither makes anything
    } else {
      chosen.accept(bytes, offset, length, output);
    }
  }

  @Override
  public void end(Output output) {
    (chosen == null ? events : chosen).end(output);
  }

  @Override
  public boolean news() {
    return (chosen == null ? events : chosen).news();
  }

  @Override
  public Reading reading() {
    return (chosen == null ? events : chosen).reading();
  }

  @Override
  public Remarks remarks() {
    return (chosen == null ? events : chosen).remarks();
  }
}
