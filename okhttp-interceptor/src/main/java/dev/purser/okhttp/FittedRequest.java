package dev.purser.okhttp;

import dev.purser.api.Admission.Admitted;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Arrays;
import java.util.OptionalLong;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request that is what its money is held for: the caller's own bytes, unless the admission or the
 * metering needs another model, another cap or the usage of a stream.
 *
 * @param request what to send
 * @param body its body
 * @param usageAsked whether it asks for an event that the caller did not ask for
 */
record FittedRequest(Request request, BufferedBody body, boolean usageAsked) {

  /** Returns the request with the caller's own bytes. */
  static FittedRequest asAsked(Request request, BufferedBody body) {
    return new FittedRequest(
        request
            .newBuilder()
            .method(request.method(), body.toSend(request.method()))
            .build(),
        body,
        false);
  }

  /**
   * Fits a request to its admission.
   *
   * @param body the body as it was read
   * @param json the same, freed of compression
   * @return null if the model or the cap that the money is held for cannot be sent
   */
  static @Nullable FittedRequest of(
      Admitted admitted,
      WireCall wire,
      Request request,
      BufferedBody body,
      byte[] json,
      FaultBarrier faults) {
    Edit edit = faults.ask("the edit", () -> edit(admitted, wire));
    if (edit == null) {
      return null;
    }
    byte[] edited = edit.equals(Edit.NONE) ? json : faults.ask("the edit", () -> wire.edited(edit));
    if (edit.model() == null && edit.outputCap().isEmpty()) {
      // A stream whose usage could not be asked for costs no more than one that was.
      return edited == null || Arrays.equals(edited, json)
          ? asAsked(request, body)
          : changed(request, body.with(edited), edit.askForUsage());
    }
    if (edited == null
        || faults.ask("the edit", () -> says(edited, edit, admitted, wire, request) ? edit : null)
            == null) {
      return null;
    }
    return changed(request, body.with(edited), edit.askForUsage());
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
      byte[] edited, Edit edit, Admitted admitted, WireCall wire, Request request) {
    WireCall sent = wire.dialect().read(BudgetInterceptor.seen(request, edited));
    OptionalLong cap = edit.outputCap().isPresent() ? edit.outputCap() : wire.outputCap();
    return sent != null
        && sent.model().equals(admitted.model())
        && sent.outputCap().equals(cap);
  }

  private static FittedRequest changed(Request request, BufferedBody body, boolean usageAsked) {
    Request.Builder toSend = request
        .newBuilder()
        .method(request.method(), body.toSend(request.method()))
        .removeHeader("Content-Encoding");
    if (usageAsked && request.header("Accept-Encoding") != null) {
      // OkHttp would not decode what the caller asked for itself, and an event that only we asked
      // for cannot be cut out of compressed bytes.
      toSend.header("Accept-Encoding", "identity");
    }
    return new FittedRequest(toSend.build(), body, usageAsked);
  }
}
