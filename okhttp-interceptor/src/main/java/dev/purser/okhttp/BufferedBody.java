package dev.purser.okhttp;

import java.io.IOException;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A request body in memory that knows whether it has been sent. */
final class BufferedBody extends RequestBody {

  /** OkHttp throws where the first two have a body; the third need not have one. */
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");

  private final byte[] bytes;
  private final @Nullable MediaType type;
  private final boolean oneShot;
  private volatile boolean sent;

  /**
   * Makes a body.
   *
   * @param oneShot what the original says. These bytes could be sent again, but a POST that OkHttp
   *     re-sends by itself may be billed twice, so only where the original allows it too
   */
  BufferedBody(byte[] bytes, @Nullable MediaType type, boolean oneShot) {
    this.bytes = bytes;
    this.type = type;
    this.oneShot = oneShot;
  }

  /** Returns what stands for the body of a request that has none. */
  static BufferedBody none() {
    return new BufferedBody(new byte[0], null, false);
  }

  /** Returns what to send; null for nothing, since a GET must not have as much as an empty body. */
  @Nullable RequestBody toSend(String method) {
    return bytes.length == 0 && BODILESS.contains(method) ? null : this;
  }

  /** Whether nothing stands against sending it anew. */
  boolean repeatable() {
    return !oneShot;
  }

  /** Returns the same body for another attempt. */
  BufferedBody again() {
    return with(bytes);
  }

  /** Returns a body like this one, with other bytes. */
  BufferedBody with(byte[] edited) {
    return new BufferedBody(edited, type, oneShot);
  }

  /**
   * Whether all of it was handed to the network at least once, so that the provider may have read
   * and billed it.
   */
  boolean sent() {
    return sent;
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return oneShot;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
    sent = true;
  }
}
