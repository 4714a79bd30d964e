package dev.purser.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** A fault in a meter costs the caller no byte, wherever it strikes. */
class MeterTapTest {

  private static final String EVENTS = "aaaa\nbbbb\nHIDE\ncccc\n";

  private RecordingGuard guard = new RecordingGuard();

  @Property
  void aHidingMeterThatFailsAtAnyByteLosesNoneOfTheCallers(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll @IntRange(min = 0, max = 21) int faultAt)
      throws IOException {
    String seen = pass(new LineMeter(faultAt), true, sizes);
    // Before the hidden line has passed whole, a fault uncovers it; after that, it stays hidden.
    assertThat(seen).isIn(EVENTS, EVENTS.replace("HIDE\n", ""));
    if (faultAt >= EVENTS.length()) {
      assertThat(seen).doesNotContain("HIDE");
    }
    assertThat(guard.endings).hasSize(1);
    assertThat(guard.unmetered).hasSize(faultAt <= EVENTS.length() ? 1 : 0);
  }

  @Test
  void aMeterThatHidesNothingHasNoHandInTheBytes() throws IOException {
    Meter alien = new LineMeter(Integer.MAX_VALUE) {
      @Override
      public void accept(byte[] bytes, int offset, int length, Output output) {
        output.write("alien".getBytes(UTF_8), 0, 5);
      }
    };
    assertThat(pass(alien, false, List.of(5))).isEqualTo(EVENTS);
  }

  @Test
  void aHidingMeterThatMakesUpBytesIsAtFault() throws IOException {
    Meter alien = new LineMeter(Integer.MAX_VALUE) {
      @Override
      public void accept(byte[] bytes, int offset, int length, Output output) {
        output.write("alien".getBytes(UTF_8), 0, 5);
      }
    };
    assertThat(pass(alien, true, List.of(5))).isEqualTo(EVENTS);
    assertThat(guard.endings)
        .containsExactly(RecordingGuard.Ending.abandoned(AbandonReason.MALFORMED_ANSWER));
  }

  private String pass(Meter meter, boolean hides, List<Integer> sizes) throws IOException {
    guard = new RecordingGuard(); // jqwik tries again and again on one instance
    FaultBarrier faults = new FaultBarrier(
        guard, new Request.Builder().url("http://localhost/x").build(), Attribution.NONE);
    OpenCall call = new OpenCall(guard.reservation(), faults);
    Buffer ready = new Buffer();
    MeterTap tap = new MeterTap(meter, hides, call, faults, ready);
    Buffer network = new Buffer().writeUtf8(EVENTS);
    Buffer chunk = new Buffer();
    for (int i = 0; !network.exhausted(); i++) {
      chunk.write(network, Math.min(network.size(), sizes.get(i % sizes.size())));
      tap.feed(chunk);
      assertThat(chunk.size()).isZero();
    }
    tap.end();
    return ready.readUtf8();
  }

  /** Hands on whole lines but those that say HIDE, and fails once it has seen so many bytes. */
  private static class LineMeter implements Meter {
    private final int faultAt;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int seen;

    LineMeter(int faultAt) {
      this.faultAt = faultAt;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length, Output output) {
      for (int i = offset; i < offset + length; i++) {
        if (seen++ == faultAt) {
          throw new IllegalStateException("broken");
        }
        line.write(bytes[i]);
        if (bytes[i] == '\n') {
          flush(output);
        }
      }
    }

    @Override
    public void end(Output output) {
      if (seen == faultAt) {
        throw new IllegalStateException("broken");
      }
      flush(output);
    }

    private void flush(Output output) {
      if (!line.toString(UTF_8).equals("HIDE\n")) {
        output.write(line.toByteArray(), 0, line.size());
      }
      line.reset();
    }

    @Override
    public Reading reading() {
      return new Reading(false, Settlement.of(Usage.NONE), null);
    }
  }
}
