package dev.purser.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.purser.api.AbandonReason;
import dev.purser.api.CallContext;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallTrace;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.OngoingCall;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call whose answer comes in parts.
 *
 * <p>LangChain4j tells a handler of errors that end nothing, such as what the handler itself threw, and
 * does not tell it of a cancellation. So an error after which more may come charges the reserved amount,
 * which the usage of a complete answer still corrects; a cancellation charges what was seen until then.
 */
final class StreamedCall {

  private final HeldCall call;
  private final ModelId model;
  private final CallContext context;
  private final SeenText seen = new SeenText();

  /** Held while the caller's handler runs, so that it is told of a freeze after that and nothing since. */
  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by {@link #turn}: whether the handler got the complete answer. */
  private boolean complete;

  /** Guarded by {@link #turn}; what the handler threw last. */
  private @Nullable Throwable thrown;

  private volatile @Nullable StreamingHandle theirs;
  private volatile boolean frozen;
  private volatile boolean begun;

  StreamedCall(HeldCall call, ModelId model, CallContext context) {
    this.call = call;
    this.model = model;
    this.context = context;
  }

  /** Returns what has come of the answer. */
  SeenText seen() {
    if (!begun) {
      begun = true;
      call.tell(CallTrace::chunk);
    }
    return seen;
  }

  /** Returns the handle to give to the caller: one whose cancelling is seen. */
  StreamingHandle handle(StreamingHandle handle) {
    theirs = handle;
    if (frozen) {
      Faults.run("the cancelling", handle::cancel);
    }
    return new StreamingHandle() {
      @Override
      public void cancel() {
        handle.cancel();
        call.abandon(AbandonReason.CLOSED_EARLY, seen.usage());
        call.ended();
      }

      @Override
      public boolean isCancelled() {
        return handle.isCancelled();
      }
    };
  }

  /** Runs the caller's handler, in the scope and under the ceilings that the call was made in. */
  void pass(Runnable handling) {
    turn.lock();
    try {
      if (!frozen) {
        run(handling);
      }
    } catch (RuntimeException | Error e) {
      thrown = e;
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void run(Runnable handling) {
    call.readBy(Thread.currentThread());
    OngoingCall.apart(context.wrap(handling));
  }

  /** The answer is complete. */
  void complete(ChatResponse answer, Runnable handling) {
    ChatAnswer.end(call, model, answer);
    pass(() -> {
      complete = true;
      handling.run();
    });
  }

  /** The model tells of an error; returns what to tell the caller. */
  Throwable failed(Throwable error) {
    if (frozen || isThrown(error)) {
      return error;
    }
    Failure failure = Failure.of(error);
    call.failed(failure, seen.usage());
    if (failure.terminal()) {
      call.ended();
    }
    return failure.told(error);
  }

  private boolean isThrown(Throwable error) {
    turn.lock();
    try {
      return error == thrown;
    } finally {
      turn.unlock();
    }
  }

  /**
   * Cuts the call. That is done by a thread of its own, for whoever freezes must wait neither for the
   * network, which may read the rest of an answer first, nor for the caller's handler.
   */
  void cut(Denial denial, StreamingChatResponseHandler handler) {
    frozen = true;
    Thread cutter = new Thread(() -> end(denial, handler), "purser-cut");
    cutter.setDaemon(true);
    cutter.start();
  }

  private void end(Denial denial, StreamingChatResponseHandler handler) {
    StreamingHandle handle = theirs;
    if (handle != null) {
      Faults.run("the cancelling", handle::cancel);
    }
    call.abandon(AbandonReason.FROZEN, seen.usage());
    call.ended();
    turn.lock();
    try {
      if (!complete) {
        Runnable telling = () -> handler.onError(new CallDeniedException(denial));
        Faults.run("the caller's handler", () -> run(telling));
      }
    } finally {
      turn.unlock();
    }
  }
}
