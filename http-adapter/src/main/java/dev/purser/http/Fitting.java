package dev.purser.http;

import dev.purser.api.Admission.Admitted;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a body must say so that the request is what its money is held for: the caller's own bytes, unless
 * the admission or the metering needs another model, another cap or the usage of a stream.
 *
 * @param edited the bytes to send, free of compression; null for the caller's own
 * @param usageAsked whether they ask for an event that the caller did not ask for
 */
@SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: bodies may be large
public record Fitting(byte @Nullable [] edited, boolean usageAsked) {

  /** The caller's own bytes. */
  public static final Fitting AS_ASKED = new Fitting(null, false);

  /**
   * Fits a body to its admission.
   *
   * @param json the body, freed of compression
   * @return null if the model or the cap that the money is held for cannot be sent
   */
  static @Nullable Fitting of(
      Admitted admitted, WireCall wire, CallHead head, byte[] json, FaultBarrier faults) {
    Edit edit = faults.ask("the edit", () -> edit(admitted, wire));
    if (edit == null) {
      return null;
    }
    byte[] edited = edit.equals(Edit.NONE) ? json : faults.ask("the edit", () -> wire.edited(edit));
    if (edit.model() == null && edit.outputCap().isEmpty()) {
      // A stream whose usage could not be asked for costs no more than one that was.
      return edited == null || Arrays.equals(edited, json)
          ? AS_ASKED
          : new Fitting(edited, edit.askForUsage());
    }
    if (edited == null
        || faults.ask("the edit", () -> says(edited, edit, admitted, wire, head) ? edit : null)
            == null) {
      return null;
    }
    return new Fitting(edited, edit.askForUsage());
  }

  /** Returns the edit that the admission asks for; null for a model that this host does not have. */
  private static @Nullable Edit edit(Admitted admitted, WireCall wire) {
    if (!admitted.model().provider().equals(wire.model().provider())) {
      return null;
    }
    return new Edit(
        admitted.model().equals(wire.model()) ? null : admitted.model().name(),
        admitted.outputCap().equals(wire.outputCap()) ? OptionalLong.empty() : admitted.outputCap(),
        wire.usageUnasked());
  }

  /**
   * Whether the bytes say what the money is held for. Read again because an edit does what it can
   * and says nothing of the rest: a model named by the path, say, stays as it is while the cap
   * changes.
   */
  private static boolean says(
      byte[] edited, Edit edit, Admitted admitted, WireCall wire, CallHead head) {
    WireCall sent = wire.dialect().read(head.with(edited));
    OptionalLong cap = edit.outputCap().isPresent() ? edit.outputCap() : wire.outputCap();
    return sent != null
        && sent.model().equals(admitted.model())
        && sent.outputCap().equals(cap);
  }
}
