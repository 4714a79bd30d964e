package dev.purser.okhttp;

import java.io.IOException;
import java.util.Arrays;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Sink;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a request body writes. A body that can be written again is given up once it is too
 * large; one that cannot is collected to its end, because these bytes are then the only copy.
 */
final class BodyBytes implements Sink {

  private static final int UNKNOWN_SIZE = 8192;

  private final boolean onlyCopy;
  private byte[] bytes;
  private int size;

  private BodyBytes(RequestBody body) throws IOException {
    long stated = body.contentLength();
    onlyCopy = body.isOneShot();
    bytes = new byte[stated < 0 ? UNKNOWN_SIZE : (int) stated];
  }

  /** Collects a body that states no more than {@link OutgoingBody#MAX_BYTES}. */
  static BodyBytes of(RequestBody body) throws IOException {
    BodyBytes collected = new BodyBytes(body);
    try (BufferedSink sink = Okio.buffer(collected)) {
      body.writeTo(sink);
    } catch (IOException | RuntimeException e) {
      if (!collected.tooLarge()) {
        throw e;
      }
      // Our own signal, or what the body made of it: tooLarge() tells.
    }
    return collected;
  }

  boolean tooLarge() {
    return size > OutgoingBody.MAX_BYTES;
  }

  /** Returns all bytes, or null if the body was given up. */
  byte @Nullable [] all() {
    if (tooLarge() && !onlyCopy) {
      return null;
    }
    if (size != bytes.length) {
      bytes = Arrays.copyOf(bytes, size);
    }
    return bytes;
  }

  @Override
  public void write(Buffer source, long byteCount) throws IOException {
    int needed = Math.addExact(size, Math.toIntExact(byteCount));
    if (needed > OutgoingBody.MAX_BYTES && !onlyCopy) {
      size = needed;
      throw new TooLarge();
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * size, 1 << 30)));
    }
    while (size < needed) {
      size += source.read(bytes, size, needed - size);
    }
  }

  @Override
  public void flush() {}

  @Override
  public Timeout timeout() {
    return Timeout.NONE;
  }

  @Override
  public void close() {}

  /** Stops a body that is being written for nothing. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
