package dev.purser.okhttp;

import dev.purser.http.OpenCall;
import java.io.IOException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** The answer to a request that nothing is held for: not metered, but cut when somebody freezes it. */
final class PassingAnswer {

  private static final int SWITCHING_PROTOCOLS = 101;

  private PassingAnswer() {}

  static Response of(Response answer, OpenCall call) throws IOException {
    call.mustNotBeCut();
    ResponseBody body = answer.body();
    if (body == null || answer.code() == SWITCHING_PROTOCOLS) {
      // What a web socket carries does not come through here.
      call.release();
      return answer;
    }
    return answer
        .newBuilder()
        .body(new MeteredBody(
            body.contentType(), body.contentLength(), new CutSource(body.source(), call)))
        .build();
  }

  /** Passes bytes until the call is cut. For one thread at a time. */
  private static final class CutSource extends ForwardingSource {
    private final OpenCall call;

    CutSource(Source network, OpenCall call) {
      super(network);
      this.call = call;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      IOException cut = call.cut();
      if (cut != null) {
        throw cut;
      }
      long count;
      try {
        count = super.read(sink, byteCount);
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
    public void close() throws IOException {
      call.release();
      super.close();
    }
  }
}
