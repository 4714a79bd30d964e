package dev.purser.jdkhttp;

import dev.purser.http.HeldBytes;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes on their way from the network to the caller's subscriber, past a watch. Asks the
 * network for as much as the caller asks for, one list at a time, except for what is to be read ahead.
 *
 * <p>The network calls it by one thread at a time; the caller and whoever cuts the call may come from
 * others. All state is guarded by the lock of this object. The caller's subscriber is called outside of
 * the lock, by whichever thread drains: there is one at a time.
 *
 * @param <T> what the caller's subscriber makes of the body
 */
final class WatchedSubscriber<T> implements BodySubscriber<T>, Flow.Subscription {

  private final BodySubscriber<T> theirs;
  private final Watch watch;
  private final @Nullable HeldBytes handed;
  private final long ahead;
  private final UnaryOperator<Throwable> told;

  private final Deque<List<ByteBuffer>> ready = new ArrayDeque<>();
  private long readyBytes;
  private long demand;
  private Flow.@Nullable Subscription network;
  private boolean asked;
  private boolean ended;
  private @Nullable Throwable failure;
  private boolean over;
  private boolean draining;

  /**
   * Puts a watch before a subscriber.
   *
   * @param handed where the watch puts the caller's bytes; null if those are all that come
   * @param ahead how many bytes to read before the caller asks for them
   * @param told makes what the caller is told of a failure
   */
  WatchedSubscriber(
      BodySubscriber<T> theirs,
      Watch watch,
      @Nullable HeldBytes handed,
      long ahead,
      UnaryOperator<Throwable> told) {
    this.theirs = theirs;
    this.watch = watch;
    this.handed = handed;
    this.ahead = ahead;
    this.told = told;
  }

  @Override
  public CompletionStage<T> getBody() {
    return theirs.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    synchronized (this) {
      network = subscription;
    }
    theirs.onSubscribe(this);
    drain();
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    synchronized (this) {
      asked = false;
      if (ended) {
        return; // cut meanwhile
      }
      for (ByteBuffer item : items) {
        feed(item);
      }
      enqueue(handed == null ? items : taken(handed));
    }
    drain();
  }

  private void feed(ByteBuffer item) {
    int length = item.remaining();
    if (item.hasArray()) {
      watch.feed(item.array(), item.arrayOffset() + item.position(), length);
    } else {
      byte[] bytes = new byte[length];
      item.duplicate().get(bytes);
      watch.feed(bytes, 0, length);
    }
  }

  private static List<ByteBuffer> taken(HeldBytes handed) {
    byte[] bytes = new byte[handed.size()];
    int unused = handed.take(bytes, 0, bytes.length);
    return bytes.length == 0 ? List.of() : List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  /** A list that is held back altogether must not look like one that came. */
  private void enqueue(List<ByteBuffer> items) {
    if (!items.isEmpty()) {
      ready.add(items);
      readyBytes += size(items);
    }
  }

  private static long size(List<ByteBuffer> items) {
    return items.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      if (!ended) {
        watch.end();
        if (handed != null) {
          enqueue(taken(handed));
        }
        ended = true;
      }
    }
    drain();
  }

  @Override
  public void onError(Throwable cause) {
    synchronized (this) {
      if (!ended) {
        watch.fail(cause);
        if (handed != null) {
          enqueue(taken(handed));
        }
        failure = cause;
        ended = true;
      }
    }
    drain();
  }

  /** Gives the caller of a call that was cut no further bytes, even those that have arrived. */
  void cut(IOException why) {
    Flow.Subscription from;
    synchronized (this) {
      if (ended || over) {
        return;
      }
      watch.fail(why);
      failure = why;
      ended = true;
      ready.clear();
      readyBytes = 0;
      from = network;
    }
    if (from != null) {
      from.cancel();
    }
    drain();
  }

  @Override
  public void request(long items) {
    Flow.Subscription unwanted = null;
    synchronized (this) {
      if (items > 0) {
        demand = demand + items < 0 ? Long.MAX_VALUE : demand + items;
      } else if (!over) {
        if (!ended) {
          watch.close();
          unwanted = network;
        }
        failure = new IllegalArgumentException("asked for " + items);
        ended = true;
        ready.clear();
      }
    }
    if (unwanted != null) {
      unwanted.cancel();
    }
    drain();
  }

  @Override
  public void cancel() {
    Flow.Subscription from;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      if (!ended) {
        watch.close();
      }
      ready.clear();
      from = network;
    }
    if (from != null) {
      from.cancel();
    }
  }

  /** Does what there is to do, one thing after another; nothing if somebody does. */
  private void drain() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    while (true) {
      Runnable next;
      synchronized (this) {
        next = next();
        if (next == null) {
          draining = false;
          return;
        }
      }
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        // The caller's subscriber threw; the network tells it of that, by another drain.
        synchronized (this) {
          draining = false;
        }
        throw e;
      }
    }
  }

  private @Nullable Runnable next() {
    if (over) {
      return null;
    }
    if (!ready.isEmpty() && demand > 0) {
      List<ByteBuffer> items = ready.remove();
      readyBytes -= size(items);
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      return () -> theirs.onNext(items);
    }
    if (ready.isEmpty() && ended) {
      over = true;
      Throwable cause = failure;
      return cause == null ? theirs::onComplete : () -> theirs.onError(told.apply(cause));
    }
    Flow.Subscription from = network;
    boolean wanted = (demand > 0 && ready.isEmpty()) || readyBytes < ahead;
    if (from != null && wanted && !ended && !asked) {
      asked = true;
      return () -> from.request(1);
    }
    return null;
  }
}
