package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission.Admitted;
import dev.purser.api.ModelId;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.io.IOException;
import java.util.OptionalLong;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The way of an admitted call to the network and back. */
final class AdmittedCall {

  private final Admitted admitted;
  private final WireCall wire;
  private final FaultBarrier faults;
  private final Request request;
  private final BufferedBody body;
  private final boolean usageAsked;

  private AdmittedCall(
      Admitted admitted,
      WireCall wire,
      FaultBarrier faults,
      Request request,
      BufferedBody body,
      boolean usageAsked) {
    this.admitted = admitted;
    this.wire = wire;
    this.faults = faults;
    this.request = request;
    this.body = body;
    this.usageAsked = usageAsked;
  }

  /**
   * Prepares what is to be sent: the caller's own bytes, unless the admission or the metering needs
   * another model, another cap or the usage of a stream.
   *
   * @param body the body as it was read
   * @param json the same, freed of compression
   */
  static AdmittedCall prepare(
      Admitted admitted,
      WireCall wire,
      FaultBarrier faults,
      Request request,
      BufferedBody body,
      byte[] json) {
    Edit edit =
        Secrets.signed(request) ? Edit.NONE : faults.ask("the edit", () -> edit(admitted, wire));
    byte[] edited = edit == null || edit.equals(Edit.NONE)
        ? json
        : faults.ask("the edit", () -> wire.edited(edit));
    if (edited == null || edited == json) {
      return new AdmittedCall(admitted, wire, faults, with(request, body, false), body, false);
    }
    boolean usageAsked = edit != null && edit.askForUsage();
    BufferedBody changed = body.with(edited);
    Request toSend = with(request, changed, usageAsked)
        .newBuilder()
        .removeHeader("Content-Encoding")
        .build();
    return new AdmittedCall(admitted, wire, faults, toSend, changed, usageAsked);
  }

  private static Edit edit(Admitted admitted, WireCall wire) {
    return new Edit(
        otherModel(admitted.model(), wire.model()),
        admitted.outputCap().equals(wire.outputCap()) ? OptionalLong.empty() : admitted.outputCap(),
        wire.usageUnasked());
  }

  /** A model of another provider cannot be had from this host, whatever the guard would like. */
  private static @Nullable String otherModel(ModelId admitted, ModelId asked) {
    return admitted.equals(asked) || !admitted.provider().equals(asked.provider())
        ? null
        : admitted.name();
  }

  private static Request with(Request request, BufferedBody body, boolean usageAsked) {
    Request.Builder toSend = request.newBuilder().method(request.method(), body);
    if (usageAsked && request.header("Accept-Encoding") != null) {
      // OkHttp would not decode what the caller asked for itself, and an event that only we asked
      // for cannot be cut out of compressed bytes.
      toSend.header("Accept-Encoding", "identity");
    }
    return toSend.build();
  }

  /**
   * Makes the call. Its reservation ends on every way out of here, or when the answer has passed.
   *
   * @throws IOException what the network threw
   */
  Response proceed(Interceptor.Chain chain) throws IOException {
    OpenCall call = new OpenCall(admitted.reservation(), faults);
    boolean handedOver = false;
    try {
      Response answer = chain.proceed(request);
      if (answer.isSuccessful()) {
        answer = MeteredAnswer.of(answer, wire, usageAsked, call, faults);
      } else {
        call.release(); // providers bill no call that they answer so
      }
      handedOver = true;
      return answer;
    } finally {
      if (!handedOver) {
        end(call);
      }
    }
  }

  private void end(OpenCall call) {
    if (body.sent()) {
      call.abandon(AbandonReason.CALL_FAILED);
    } else {
      call.release();
    }
  }
}
