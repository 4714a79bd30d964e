package dev.purser.http;

import dev.purser.api.Admission.Admitted;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request must say so that it is what its money is held for: the caller's own bytes, unless
 * the admission or the metering needs another model, another cap or the usage of a stream.
 *
 * @param edited the bytes to send, free of compression; null for the caller's own
 * @param usageAsked whether they ask for an event that the caller did not ask for
 * @param sent the call that they make, to read its answer by; null for the caller's own
 * @param elsewhere where it goes instead of the host that it was made for; else null
 */
@SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: bodies may be large
public record Fitting(
    byte @Nullable [] edited,
    boolean usageAsked,
    @Nullable WireCall sent,
    @Nullable UpstreamHead elsewhere) {

  /** The caller's own bytes. */
  public static final Fitting AS_ASKED = new Fitting(null, false, null, null);

  /** Returns the call to read the answer by, of the one that was asked for. */
  public WireCall answered(WireCall asked) {
    return sent == null ? asked : sent;
  }

  /** Fits a call to its admission; null if what the money is held for cannot be sent. */
  static @Nullable Fitting of(Admitted admitted, Reach reach) {
    WireCall wire = reach.wire();
    if (!admitted.model().provider().equals(wire.model().provider())) {
      return reach.faults().ask("the edit", () -> elsewhere(admitted, reach));
    }
    Edit edit = new Edit(
        admitted.model().equals(wire.model()) ? null : admitted.model().name(),
        admitted.outputCap().equals(wire.outputCap()) ? OptionalLong.empty() : admitted.outputCap(),
        wire.usageUnasked());
    return here(admitted, edit, reach);
  }

  private static @Nullable Fitting here(Admitted admitted, Edit edit, Reach reach) {
    FaultBarrier faults = reach.faults();
    WireCall wire = reach.wire();
    byte[] json = reach.json();
    byte[] edited = edit.equals(Edit.NONE) ? json : faults.ask("the edit", () -> wire.edited(edit));
    if (edit.model() == null && edit.outputCap().isEmpty()) {
      // A stream whose usage could not be asked for costs no more than one that was.
      return edited == null || Arrays.equals(edited, json)
          ? AS_ASKED
          : new Fitting(edited, edit.askForUsage(), null, null);
    }
    OptionalLong cap = edit.outputCap().isPresent() ? edit.outputCap() : wire.outputCap();
    WireCall sent = edited == null
        ? null
        : faults.ask("the edit", () -> saying(edited, admitted, cap, wire, reach.head()));
    return sent == null ? null : new Fitting(edited, edit.askForUsage(), sent, null);
  }

  /** The cap is set even if it is the caller's: its field may mean nothing to another host. */
  private static @Nullable Fitting elsewhere(Admitted admitted, Reach reach) {
    UpstreamHead there = reach.elsewhere(admitted.model().provider());
    WireCall wire = reach.wire();
    WireCall moved =
        there == null || !reach.movable() ? null : wire.dialect().read(there.with(reach.json()));
    if (there == null || moved == null) {
      return null;
    }
    OptionalLong cap = admitted.outputCap().isPresent() ? admitted.outputCap() : wire.outputCap();
    String model = admitted.model().name();
    byte[] edited = moved.edited(new Edit(model, cap, moved.usageUnasked(), true));
    WireCall sent = saying(edited, admitted, cap, wire, there);
    return sent == null ? null : new Fitting(edited, moved.usageUnasked(), sent, there);
  }

  /**
   * Returns the call that the bytes make; null if it is not what the money is held for. Read again
   * because an edit does what it can and says nothing of the rest: a model named by the path, say,
   * stays as it is while the cap changes.
   */
  private static @Nullable WireCall saying(
      byte[] edited, Admitted admitted, OptionalLong cap, WireCall wire, CallHead head) {
    WireCall sent = wire.dialect().read(head.with(edited));
    return sent != null
            && sent.model().equals(admitted.model())
            && sent.outputCap().equals(cap)
        ? sent
        : null;
  }
}
