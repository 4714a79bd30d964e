package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.http.CallCutException;
import dev.purser.http.CutLine;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;
import java.io.IOException;
import java.util.Objects;

/** The way of a request that somebody may freeze until its answer was read. */
abstract class OpenJourney implements Journey {

  private final HttpRequest request;
  private final OpenCall call;
  private final CutLine line;
  private final Refusals refusals;

  OpenJourney(HttpRequest request, OpenCall call, CutLine line, Refusals refusals) {
    this.request = request;
    this.call = call;
    this.line = line;
    this.refusals = refusals;
  }

  @Override
  public final HttpRequest request() {
    return request;
  }

  @Override
  public final void handOver() {
    call.handOver();
  }

  @Override
  public final HttpResponse arrived(HttpResponse response) {
    try {
      if (call.cutBy() == null) {
        // Else nobody waits for it any more, and what it says of its cost is read in peace.
        line.onCut(response::close);
      }
      HttpResponse passing = through(response);
      // An answer that was read ahead is charged by then; its caller still may not have it.
      call.mustNotBeCut();
      return passing;
    } catch (CallCutException e) {
      end();
      close(response, e);
      throw Thrown.as(cut());
    } catch (Throwable e) {
      call.failed(e);
      end();
      close(response, e);
      throw e;
    }
  }

  /** Returns the answer as it passes to the caller. */
  abstract HttpResponse through(HttpResponse response);

  /** Ends the call whose answer nobody will read; does nothing to one that has ended. */
  abstract void end();

  @Override
  public final Throwable failed(Throwable failure) {
    // What the SDK's client throws is one for all that the network may fail with.
    call.failed(failure.getCause() instanceof IOException cause ? cause : failure);
    end();
    return call.cutBy() == null ? failure : cut();
  }

  @Override
  public final Throwable cut() {
    Denial denial = Objects.requireNonNull(call.cutBy());
    CallCutException cut = new CallCutException(denial);
    try {
      IOException told = refusals.told(cut);
      return new AnthropicIoException(told.getMessage(), told);
    } catch (CallDeniedException e) {
      return e;
    }
  }

  private static void close(HttpResponse response, Throwable fault) {
    try {
      response.close();
    } catch (RuntimeException e) {
      fault.addSuppressed(e); // the first fault is the one to tell of
    }
  }
}
