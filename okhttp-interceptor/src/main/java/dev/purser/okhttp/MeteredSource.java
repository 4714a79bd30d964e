package dev.purser.okhttp;

import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import java.io.IOException;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes on their way from the network to the caller, past the meter. Delivers each chunk
 * as it arrives, and holds no more than one, except after {@link #readAhead}. For one thread at a
 * time, as every source.
 */
final class MeteredSource implements Source {

  private static final long CHUNK_BYTES = 8192;

  private final Source network;
  private final long contentLength;
  private final Buffer ready;
  private final MeterTap tap;
  private final OpenCall call;
  private final Buffer chunk = new Buffer();
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private long arrived;
  private boolean ended;
  private boolean closed;
  private @Nullable IOException failure;

  /**
   * Makes a source.
   *
   * @param contentLength how many bytes the network will bring, -1 if unknown
   * @param ready where the tap puts the caller's bytes
   * @param call is told who reads
   */
  MeteredSource(Source network, long contentLength, Buffer ready, MeterTap tap, OpenCall call) {
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
  void readAhead(long bytes) {
    while (!ended && failure == null && ready.size() <= bytes) {
      pull();
    }
  }

  /** Reads ahead like that, but no further than until the call has ended. */
  void readUntilOver(long bytes) {
    while (!call.ended() && !ended && failure == null && ready.size() <= bytes) {
      pull();
    }
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (byteCount == 0) {
      return 0;
    }
    stopIfCut();
    call.readBy(Thread.currentThread());
    // A chunk that is held back altogether must not look like the end.
    while (ready.exhausted()) {
      if (failure != null) {
        throw call.told(failure);
      }
      if (ended) {
        return -1;
      }
      pull();
    }
    return ready.read(sink, byteCount);
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
    long count;
    try {
      count = network.read(chunk, CHUNK_BYTES);
    } catch (IOException e) {
      failure = e;
      tap.fail(e);
      return;
    } catch (RuntimeException | Error e) {
      tap.fail(e);
      throw e;
    }
    if (count > 0) {
      arrived += count;
      feed();
    }
    // Callers that know the length may never ask for more, so the end must not wait for them.
    if (count < 0 || arrived == contentLength) {
      ended = true;
      tap.end();
    }
  }

  private void feed() {
    chunk.readUnsafe(cursor);
    try {
      while (cursor.next() != -1) {
        byte[] segment = cursor.data;
        if (segment != null) {
          tap.feed(segment, cursor.start, cursor.end - cursor.start);
        }
      }
    } finally {
      cursor.close();
    }
    chunk.clear();
  }

  @Override
  public Timeout timeout() {
    return network.timeout();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (!ended && failure == null) {
      tap.close();
    }
    ready.clear();
    network.close();
  }
}
