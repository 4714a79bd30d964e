package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequestBody;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A request body in memory that knows whether it has been sent. */
final class SentBody implements HttpRequestBody {

  private final byte[] bytes;
  private final HttpRequestBody original;
  private volatile boolean sent;

  /**
   * Makes a body.
   *
   * @param original says the type and whether it may be sent again: these bytes could be, but a POST
   *     that is re-sent unasked may be billed twice. It is closed with this one
   */
  SentBody(byte[] bytes, HttpRequestBody original) {
    this.bytes = bytes;
    this.original = original;
  }

  /** Returns a body like this one, with other bytes. */
  SentBody with(byte[] edited) {
    return new SentBody(edited, original);
  }

  /**
   * Whether all of it was handed to the network at least once, so that the provider may have read
   * and billed it.
   */
  boolean sent() {
    return sent;
  }

  @Override
  public void writeTo(OutputStream outputStream) {
    try {
      outputStream.write(bytes);
    } catch (IOException e) {
      // The network's own, for the client that writes to it: as the SDK's bodies throw it.
      throw Thrown.as(e);
    }
    sent = true;
  }

  @Override
  public @Nullable String contentType() {
    return original.contentType();
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean repeatable() {
    return original.repeatable();
  }

  @Override
  public void close() {
    original.close();
  }
}
