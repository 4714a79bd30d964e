package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import dev.purser.http.OpenCall;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An answer that passes unmetered until it is read, closed or cut. */
final class PassingResponse implements HttpResponse {

  private final HttpResponse response;
  private final OpenCall call;
  private @Nullable InputStream body;

  PassingResponse(HttpResponse response, OpenCall call) {
    this.response = response;
    this.call = call;
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return response.headers();
  }

  /** Only now, because an answer without a body throws when it is asked for one. */
  @Override
  public synchronized InputStream body() {
    InputStream wrapped = body == null ? new CutStream(response.body(), call) : body;
    body = wrapped;
    return wrapped;
  }

  @Override
  public void close() {
    call.release();
    response.close();
  }

  private static final class CutStream extends InputStream {
    private final InputStream network;
    private final OpenCall call;

    CutStream(InputStream network, OpenCall call) {
      this.network = network;
      this.call = call;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      IOException cut = call.cut();
      if (cut != null) {
        throw cut;
      }
      int count;
      try {
        count = network.read(bytes, offset, length);
      } catch (IOException e) {
        call.release();
        throw call.told(e);
      }
      if (count < 0) {
        call.release();
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      return network.available();
    }

    @Override
    public void close() throws IOException {
      call.release();
      network.close();
    }
  }
}
