package dev.purser.wire.frame;

import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.AnswerReader.State;
import dev.purser.wire.json.Picker;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Meters a stream of server-sent events. Bytes pass at once, unless an event may have to be hidden:
 * then the event that is being received is held back until it is whole, and nothing else is.
 *
 * <p>Memory: one event, up to {@link #LONGEST_EVENT}; of a longer one only what matters is kept as it
 * passes. What is metered and hidden does not depend on how the bytes were split.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
final class SseMeter implements Meter {

  static final int LONGEST_EVENT = 256 * 1024;

  /** An event as short as this is looked into anyway: it may be the one that ends the stream. */
  private static final int SHORT_EVENT = 64;

  private final AnswerReader reader;
  private final boolean hide;
  private final SseFraming framing = new SseFraming();
  private final Held held = new Held();
  private @Nullable LongEvent tooLong;
  private boolean hidden;
  private boolean ended;
  private boolean news;
  private State state = State.OPEN;

  /**
   * Creates a meter.
   *
   * @param hide whether events that state nothing but usage are kept from the caller
   */
  SseMeter(AnswerReader reader, boolean hide) {
    this.reader = reader;
    this.hide = hide;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    if (!hide) {
      output.write(bytes, offset, length);
    }
    int end = offset + length;
    int from = offset;
    // Whatever comes behind the last event the provider said that it has finished: it is not looked
    // at.
    while (from < end && state == State.OPEN) {
      int to = framing.next(bytes, from, end);
      switch (framing.found()) {
        case PART -> part(bytes, from, to, output);
        case END -> event(bytes, from, to, output);
        case TAIL -> {
          if (!hidden) {
            pass(bytes, from, to, output);
          }
        }
      }
      from = to;
    }
    pass(bytes, from, end, output);
  }

  private void part(byte[] bytes, int from, int to, Output output) {
    if (fits(to - from, output)) {
      held.write(bytes, from, to - from);
    } else {
      passLong(bytes, from, to, output);
    }
  }

  private void passLong(byte[] bytes, int from, int to, Output output) {
    Objects.requireNonNull(tooLong).accept(bytes, from, to);
    pass(bytes, from, to, output);
  }

  private void event(byte[] bytes, int from, int to, Output output) {
    if (!fits(to - from, output)) {
      hidden = false;
      passLong(bytes, from, to, output);
      Objects.requireNonNull(tooLong).end();
      news = true;
    } else if (held.size() == 0) {
      hidden = looked(bytes, from, to) && hide;
      if (!hidden) {
        pass(bytes, from, to, output);
      }
    } else {
      held.write(bytes, from, to - from);
      heldEvent(output);
    }
    held.reset();
    tooLong = null;
  }

  private void heldEvent(Output output) {
    hidden = looked(held.array(), 0, held.size()) && hide;
    if (!hidden) {
      pass(held.array(), 0, held.size(), output);
    }
  }

  /** Whether the event is still short enough to be kept; if not, what was held passes. */
  private boolean fits(int more, Output output) {
    if (tooLong == null && held.size() + more > LONGEST_EVENT) {
      tooLong = new LongEvent(reader);
      tooLong.accept(held.array(), 0, held.size());
      pass(held.array(), 0, held.size(), output);
      held.reset();
    }
    return tooLong == null;
  }

  private void pass(byte[] bytes, int from, int to, Output output) {
    if (hide && from < to) {
      output.write(bytes, from, to - from);
    }
  }

  @Override
  public boolean news() {
    boolean came = news;
    news = false;
    return came;
  }

  /** Looks into an event; whether it states usage and nothing else. */
  private boolean looked(byte[] bytes, int from, int to) {
    if (to - from > SHORT_EVENT && !reader.wants(bytes, from, to)) {
      return false;
    }
    news = true;
    SseData data = SseData.of(bytes, from, to);
    if (!data.isObject()) {
      if (reader.isLast(data.text())) {
        state = State.COMPLETE;
      }
      return false;
    }
    Picker picker = new Picker(reader.pick(), reader);
    data.pick(picker);
    if (picker.done()) {
      if (picker.malformed()) {
        reader.malformed();
      }
      reader.read(picker.picked());
      return hide && data.matches(reader::hidable);
    }
    if (!ended) {
      reader.malformed();
    } // else it was cut: that the stream is incomplete says it better
    return false;
  }

  @Override
  public void end(Output output) {
    ended = true;
    news = true;
    if (tooLong != null) {
      tooLong.end();
    }
    if (held.size() > 0) {
      heldEvent(output); // the last event's empty line may be missing
      held.reset();
    }
    if (state == State.OPEN) {
      state = State.CUT;
    }
  }

  @Override
  public Reading reading() {
    return reader.reading(state);
  }

  @Override
  public Remarks remarks() {
    return reader.remarks();
  }

  /** The part of the current event that came with earlier pieces. */
  private static final class Held extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
