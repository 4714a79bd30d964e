package dev.purser.okhttp;

import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.http.CallGate;
import dev.purser.http.FaultBarrier;
import dev.purser.http.Reach;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call with the model that the guard chose and, each time it fails in a way that another
 * model may not, with one that the guard admits anew. The guard is asked before the failed answer is
 * closed, so that its caller still gets it where there is no other.
 */
final class Attempts {

  private final CallGate gate;
  private final Departure departure;
  private final Request request;
  private final BufferedBody body;
  private final WireCall wire;
  private final Reach reach;
  private final Supplier<CallIntent.Builder> intent;
  private final FaultBarrier faults;

  Attempts(
      CallGate gate,
      Departure departure,
      Request request,
      BufferedBody body,
      WireCall wire,
      Reach reach,
      Supplier<CallIntent.Builder> intent,
      FaultBarrier faults) {
    this.gate = gate;
    this.departure = departure;
    this.request = request;
    this.body = body;
    this.wire = wire;
    this.reach = reach;
    this.intent = intent;
    this.faults = faults;
  }

  /** Makes the first attempt, and others as long as they fail and there are any. */
  Response make(CallGate.Go first) throws IOException {
    Departure.Clearance clearance = clear(first, request, body);
    if (clearance instanceof Departure.Barred barred) {
      return barred.answer().get();
    }
    Departure.Cleared next = (Departure.Cleared) clearance;
    List<ModelId> tried = new ArrayList<>(1);
    tried.add(first.model());
    while (true) {
      Response failed;
      try {
        failed = departure.send(next);
        if (!CallGate.mayPass(failed.code())) {
          return failed;
        }
      } catch (IOException e) {
        Departure.Cleared other = other(tried);
        if (other == null) {
          throw e;
        }
        next = other;
        continue;
      }
      Departure.Cleared other = otherThan(failed, tried);
      if (other == null) {
        return failed;
      }
      failed.close();
      next = other;
    }
  }

  private Departure.@Nullable Cleared otherThan(Response failed, List<ModelId> tried) {
    try {
      return other(tried);
    } catch (Throwable e) {
      failed.close(); // an error of the machine: nobody will see the answer
      throw e;
    }
  }

  /** Returns the next attempt, ready to leave; null if there is none. */
  private Departure.@Nullable Cleared other(List<ModelId> tried) {
    if (!body.repeatable() || !reach.movable() || departure.givenUp()) {
      return null;
    }
    CallGate.Go go = gate.askAgain(reach, intent, tried);
    if (go == null) {
      return null;
    }
    tried.add(go.model());
    // A provider may take what has the same key for what it has answered.
    Request anew = request.newBuilder().removeHeader("Idempotency-Key").build();
    return clear(go, anew, body.again()) instanceof Departure.Cleared cleared ? cleared : null;
  }

  private Departure.Clearance clear(CallGate.Go go, Request asked, BufferedBody unsent) {
    FittedRequest fitted;
    try {
      fitted = FittedRequest.of(go.fitting(), asked, unsent);
    } catch (Throwable e) {
      // An error of the machine, which is nobody's to contain; but it must not keep the money.
      faults.run("the release", go.reservation()::release);
      throw e;
    }
    return departure.clear(go, fitted, go.fitting().answered(wire), reach);
  }
}
