package dev.purser.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A fault in a meter costs the caller no byte, wherever it strikes. */
class MeterTapTest {

  private static final String EVENTS = "aaaa\nbbbb\nHIDE\ncccc\n";

  private RecordingReservation reservation = new RecordingReservation();
  private Notes notes = new Notes();

  @Property
  void aHidingMeterThatFailsAtAnyByteLosesNoneOfTheCallers(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll @IntRange(min = 0, max = 21) int faultAt) {
    String seen = pass(new LineMeter(faultAt), true, sizes);
    // Before the hidden line has passed whole, a fault uncovers it; after that, it stays hidden.
    assertThat(seen).isIn(EVENTS, EVENTS.replace("HIDE\n", ""));
    if (faultAt >= EVENTS.length()) {
      assertThat(seen).doesNotContain("HIDE");
    }
    assertThat(reservation.endings).hasSize(1);
    assertThat(notes.unmetered).hasSize(faultAt <= EVENTS.length() ? 1 : 0);
  }

  @Test
  void aMeterThatHidesNothingHasNoHandInTheBytes() {
    Meter alien = new LineMeter(Integer.MAX_VALUE) {
      @Override
      public void accept(byte[] bytes, int offset, int length, Output output) {
        output.write("alien".getBytes(UTF_8), 0, 5);
      }
    };
    assertThat(pass(alien, false, List.of(5))).isEqualTo(EVENTS);
  }

  @Test
  void aHidingMeterThatMakesUpBytesIsAtFault() {
    Meter alien = new LineMeter(Integer.MAX_VALUE) {
      @Override
      public void accept(byte[] bytes, int offset, int length, Output output) {
        output.write("alien".getBytes(UTF_8), 0, 5);
      }
    };
    assertThat(pass(alien, true, List.of(5))).isEqualTo(EVENTS);
    assertThat(reservation.endings).containsExactly(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void theFirstBytesThatPassAreToldEvenThoseOfAnAnswerThatEndsTheCall() {
    pass(new LineMeter(Integer.MAX_VALUE), false, List.of(3));

    assertThat(reservation.told).containsExactly("chunk");
  }

  @Test
  void remarksThatThrowDoNotKeepTheCallFromBeingSettled() {
    Meter broken = new LineMeter(Integer.MAX_VALUE) {
      @Override
      public Remarks remarks() {
        throw new IllegalStateException("broken");
      }
    };

    assertThat(pass(broken, false, List.of(5))).isEqualTo(EVENTS);
    assertThat(reservation.endings).containsExactly(Settlement.of(Usage.NONE));
    assertThat(notes.unmetered).hasSize(1);
  }

  private String pass(Meter meter, boolean hides, List<Integer> sizes) {
    reservation = new RecordingReservation(); // jqwik tries again and again on one instance
    notes = new Notes();
    FaultBarrier faults = new FaultBarrier(
        notes, Head.BARE, Attribution.NONE, System.getLogger(MeterTapTest.class.getName()));
    OpenCall call = new OpenCall(reservation, faults);
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    MeterTap tap = new MeterTap(meter, hides, true, call, faults, ready::write);
    byte[] events = EVENTS.getBytes(UTF_8);
    int at = 0;
    for (int i = 0; at < events.length; i++) {
      int length = Math.min(events.length - at, sizes.get(i % sizes.size()));
      tap.feed(events, at, length);
      at += length;
    }
    tap.end();
    return ready.toString(UTF_8);
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
