package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.api.Denial;
import dev.purser.api.Reservation;
import dev.purser.http.FaultBarrier;
import dev.purser.http.OpenCall;
import dev.purser.wire.WireCall;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The way of an admitted call to the network and back. */
final class AdmittedCall {

  private final FittedRequest toSend;
  private final WireCall wire;
  private final OpenCall call;
  private final FaultBarrier faults;

  AdmittedCall(Reservation reservation, FittedRequest toSend, WireCall wire, FaultBarrier faults) {
    this.toSend = toSend;
    this.wire = wire;
    this.call = new OpenCall(reservation, faults, CallCutException::new);
    this.faults = faults;
  }

  /**
   * Lets a freeze cut the call from now on; to be called before it is sent.
   *
   * @return the freeze that stands already: then the call is over, and must not be sent; else null
   */
  @Nullable Denial frozen(Call exchange) {
    call.givenUpIf(exchange::isCanceled);
    Denial frozen = call.cuttableBy(exchange::cancel);
    if (frozen != null) {
      call.release();
    }
    return frozen;
  }

  /**
   * Makes the call. Its reservation ends on every way out of here, or when the answer has passed.
   *
   * @throws IOException what the network threw
   */
  Response proceed(Interceptor.Chain chain) throws IOException {
    Response answer = null;
    try {
      answer = chain.proceed(toSend.request());
      call.status(answer.code());
      Response metered = answer.isSuccessful()
          ? MeteredAnswer.of(answer, wire, toSend.usageAsked(), call, faults)
          : FailedAnswer.of(answer, wire, call, faults);
      // OkHttp lets no answer through for a call that was cancelled, and does not say why it was.
      call.mustNotBeCut();
      return metered;
    } catch (IOException e) {
      call.failed(e);
      end();
      close(answer, e);
      throw call.told(e);
    } catch (Throwable e) {
      // Everything, because interceptors in Kotlin may throw checked exceptions undeclared.
      call.failed(e);
      end();
      close(answer, e);
      throw e;
    }
  }

  private void end() {
    if (toSend.body().sent()) {
      call.abandon(AbandonReason.CALL_FAILED);
    } else {
      call.release();
    }
  }

  /** Closes an answer that its caller will never see. */
  private static void close(@Nullable Response answer, Throwable fault) {
    if (answer == null || answer.body() == null) {
      return;
    }
    try {
      answer.close();
    } catch (RuntimeException e) {
      fault.addSuppressed(e); // the first fault is the one to tell of
    }
  }
}
