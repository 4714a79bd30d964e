package dev.purser.anthropic;

import dev.purser.http.HeldBytes;
import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes on their way from the network to the caller, past the meter. Delivers each chunk
 * as it arrives, and holds no more than one, except after {@link #readAhead}.
 *
 * <p>One thread reads, and another may close meanwhile, as the SDK does with a stream that is closed
 * under its reader. Everything but the network is guarded by the lock of this object, so that closing
 * need not wait for a read that waits for the provider.
 */
final class MeteredStream extends InputStream {

  private static final int CHUNK_BYTES = 8192;

  private final InputStream network;
  private final long contentLength;
  private final HeldBytes ready;
  private final MeterTap tap;
  private final OpenCall call;

  /** Of the reader alone. */
  private final byte[] chunk = new byte[CHUNK_BYTES];

  private long arrived;
  private boolean ended;
  private boolean closed;
  private @Nullable IOException failure;

  /**
   * Makes a stream.
   *
   * @param contentLength how many bytes the network will bring, -1 if unknown
   * @param ready where the tap puts the caller's bytes
   * @param call is told who reads
   */
  MeteredStream(
      InputStream network, long contentLength, HeldBytes ready, MeterTap tap, OpenCall call) {
    this.network = network;
    this.contentLength = contentLength;
    this.ready = ready;
    this.tap = tap;
    this.call = call;
  }

  /**
   * Reads until the answer ends, fails or is larger than {@code bytes}. A failure is kept for the
   * caller, who meets it where the network would have had it: behind the bytes that came before.
   */
  void readAhead(int bytes) {
    boolean more = true;
    while (more) {
      pull();
      synchronized (this) {
        more = !ended && failure == null && ready.size() <= bytes;
      }
    }
  }

  /** Reads ahead like that, but no further than until the call has ended. */
  void readUntilOver(int bytes) {
    boolean more = !call.ended();
    while (more) {
      pull();
      synchronized (this) {
        more = !call.ended() && !ended && failure == null && ready.size() <= bytes;
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    synchronized (this) {
      stopIfCut();
      call.readBy(Thread.currentThread());
    }
    while (true) {
      synchronized (this) {
        if (closed) {
          throw new IOException("closed");
        }
        if (ready.size() > 0) {
          return ready.take(bytes, offset, length);
        }
        if (failure != null) {
          throw call.told(failure);
        }
        if (ended) {
          return -1;
        }
      }
      // A chunk that is held back altogether must not look like the end.
      pull();
    }
  }

  /** Gives the caller of a call that was cut no further chunk, even one that has arrived. */
  private void stopIfCut() {
    IOException cut = ended || failure != null ? null : call.cut();
    if (cut != null) {
      failure = cut;
      tap.fail(cut);
      ready.clear();
    }
  }

  private void pull() {
    int count;
    try {
      count = network.read(chunk, 0, CHUNK_BYTES);
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        tap.fail(e);
      }
      return;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        tap.fail(e);
      }
      throw e;
    }
    synchronized (this) {
      if (count > 0) {
        arrived += count;
        tap.feed(chunk, 0, count);
      } else if (count < 0) {
        ended = true;
      }
      // Callers that know the length may never ask for more, so the end must not wait for them.
      if (count < 0 || arrived == contentLength) {
        tap.end();
      }
    }
  }

  @Override
  public int available() throws IOException {
    synchronized (this) {
      if (ready.size() > 0 || ended || failure != null) {
        return ready.size();
      }
    }
    return network.available();
  }

  /** Takes the caller's loss of interest. */
  void letGo() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (!ended && failure == null) {
        tap.close();
      }
      ready.clear();
    }
  }

  @Override
  public void close() throws IOException {
    letGo();
    network.close();
  }
}
