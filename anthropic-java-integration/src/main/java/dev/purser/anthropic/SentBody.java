package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A request body in memory that knows whether it has been sent; or what stands for that of a request without. */
final class SentBody implements HttpRequestBody {

  private final byte[] bytes;
  private final @Nullable HttpRequestBody original;
  private volatile boolean sent;

  /**
   * Makes a body.
   *
   * @param original the request's own, if it had one: says the type and whether it may be sent again: these bytes could be, but a POST
   *     that is re-sent unasked may be billed twice. It is closed with this one
   */
  SentBody(byte[] bytes, @Nullable HttpRequestBody original) {
    this.bytes = bytes;
    this.original = original;
  }

  /** Returns what stands for the body of a request that has none. */
  static SentBody none() {
    return new SentBody(new byte[0], null);
  }

  /** Puts the body into a request; not into one that had none, nor is to have one. */
  HttpRequest.Builder in(HttpRequest.Builder request) {
    return original == null && bytes.length == 0 ? request : request.body(this);
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
    return original == null ? null : original.contentType();
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean repeatable() {
    return original == null || original.repeatable();
  }

  @Override
  public void close() {
    if (original != null) {
      original.close();
    }
  }
}
