package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.mockwebserver.RecordedRequest;
import okio.BufferedSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestBodyTest extends OverHttp {

  @BeforeEach
  void answerAnything() {
    server.enqueue(json(ANSWER));
  }

  @Test
  void aOneShotBodyIsWrittenOnceAndSentWhole() throws Exception {
    AtomicInteger written = new AtomicInteger();
    send(to(CHAT).post(oneShot(ASK, -1, written)).build());
    assertThat(written).hasValue(1);
    assertThat(text(received())).isEqualTo(ASK);
    assertSettledOnce();
  }

  @Test
  void aOneShotBodyStaysOneThatOkHttpDoesNotSendTwice() throws Exception {
    Request request =
        to(CHAT).post(oneShot(ASK, ASK.length(), new AtomicInteger())).build();
    BufferedBody buffered = OutgoingBody.read(request).buffered();
    assertThat(buffered.isOneShot()).isTrue();
    assertThat(buffered.with(new byte[1]).isOneShot()).isTrue();
    assertThat(OutgoingBody.read(ask(ASK)).buffered().isOneShot()).isFalse();
  }

  @Test
  void aBodyWithoutATypeIsTakenForJson() throws Exception {
    send(to(CHAT).post(RequestBody.create(ASK, null)).build());
    assertThat(text(received())).isEqualTo(ASK);
    assertSettledOnce();
  }

  @Test
  void aBodyThatFailsToWriteItselfFailsTheCallAsItWouldWithoutUs() {
    IOException fault = new IOException("the caller's file is gone");
    RequestBody broken = new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        throw fault;
      }
    };
    assertThatThrownBy(() -> send(to(CHAT).post(broken).build())).isSameAs(fault);
    assertThat(guard.intents).isEmpty();
  }

  @Test
  void anUploadInPartsPassesAndIsNoted() throws Exception {
    MultipartBody parts = new MultipartBody.Builder("cut")
        .setType(MultipartBody.FORM)
        .addFormDataPart("file", "a.txt", RequestBody.create("hello", null))
        .build();
    send(to(CHAT).post(parts).build());
    RecordedRequest received = received();
    assertThat(received.getHeader("Content-Type")).isEqualTo("multipart/form-data; boundary=cut");
    assertThat(text(received)).contains("hello").endsWith("--cut--\r\n");
    assertPassedUnmetered("unreadable body");
  }

  @Test
  void aDuplexBodyIsLeftAlone() throws Exception {
    // HTTP/1 cannot carry one; what matters is that nobody waits for its end.
    RequestBody duplex = new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public boolean isDuplex() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) {
        throw new AssertionError("read before it was sent");
      }
    };
    OutgoingBody read = OutgoingBody.read(to(CHAT).post(duplex).build());
    assertThat(read.buffered()).isNull();
    assertThat(read.unreadable()).isEqualTo("duplex body");
  }

  @Test
  void aBodyThatIsNoCallPassesUnchangedAndIsNoted() throws Exception {
    send(ask("[\"not\", \"a call\"]"));
    assertThat(text(received())).isEqualTo("[\"not\", \"a call\"]");
    assertPassedUnmetered("unreadable body");
  }

  @Test
  void aCompressedRequestIsCountedAndSentAsItWas() throws Exception {
    byte[] compressed = gzip(ASK);
    send(compressed(compressed));
    RecordedRequest received = received();
    assertThat(received.getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(received.getBody().clone().readByteArray()).isEqualTo(compressed);
    assertThat(guard.onlyIntent().outputCap()).hasValue(50);
    assertSettledOnce();
  }

  @Test
  void aCompressedRequestThatMustBeEditedIsSentUncompressed() throws Exception {
    guard.cap(7);
    send(compressed(gzip(ASK)));
    RecordedRequest received = received();
    assertThat(received.getHeader("Content-Encoding")).isNull();
    assertThat(text(received)).isEqualTo(ASK.replace(":50", ":7"));
    assertSettledOnce();
  }

  @Test
  void aRequestThatIsNotTheGzipItIsSaidToBePassesAndIsNoted() throws Exception {
    send(compressed(ASK.getBytes(StandardCharsets.UTF_8)));
    assertThat(text(received())).isEqualTo(ASK);
    assertPassedUnmetered("body is not the gzip it is said to be");
  }

  @Test
  void aGzipBombInARequestPassesWithoutBeingBlownUp() throws Exception {
    byte[] bomb = gzip(" ".repeat(OutgoingBody.MAX_BYTES + 1));
    send(compressed(bomb));
    assertThat(received().getBody().clone().readByteArray()).isEqualTo(bomb);
    assertPassedUnmetered("body larger than 64 MiB");
  }

  @Test
  void aBodyInAnEncodingThatNobodyReadsPasses() throws Exception {
    send(ask(ASK).newBuilder().header("Content-Encoding", "br").build());
    assertThat(text(received())).isEqualTo(ASK);
    assertPassedUnmetered("body in an encoding other than gzip");
  }

  @Test
  void aBodyBeyondTheBoundPassesWithoutBeingHeldInMemory() throws Exception {
    RequestBody endless = spaces(OutgoingBody.MAX_BYTES + 1, false);
    OutgoingBody read = OutgoingBody.read(to(CHAT).post(endless).build());
    assertThat(read.buffered()).isNull();
    assertThat(read.unreadable()).isEqualTo("body larger than 64 MiB");
  }

  @Test
  void aOneShotBodyBeyondTheBoundIsStillSentWhole() throws Exception {
    RequestBody endless = spaces(OutgoingBody.MAX_BYTES + 1, true);
    OutgoingBody read = OutgoingBody.read(to(CHAT).post(endless).build());
    assertThat(read.buffered().contentLength()).isEqualTo(OutgoingBody.MAX_BYTES + 1);
    assertThat(read.unreadable()).isEqualTo("body larger than 64 MiB");
  }

  @Test
  void aOneShotBodyThatStatesMoreThanTheBoundIsNotReadBeforeItIsSent() throws Exception {
    AtomicInteger written = new AtomicInteger();
    RequestBody stated = oneShot(ASK, OutgoingBody.MAX_BYTES + 1L, written);
    Request request = to(CHAT).post(stated).build();
    OutgoingBody read = OutgoingBody.read(request);
    assertThat(written).hasValue(0);
    assertThat(read.unreadable()).isEqualTo("body larger than 64 MiB");
    assertThat(read.in(request).body()).isSameAs(stated);
  }

  @Test
  void aDialectSeesTheQueryAsItIsEncoded() {
    Request with = to(CHAT + "?alt=sse&name=a%2Fb").build();
    assertThat(new RequestParts(with).with(new byte[0]).query()).isEqualTo("alt=sse&name=a%2Fb");
    Request without = to(CHAT).build();
    assertThat(new RequestParts(without).with(new byte[0]).query()).isNull();
  }

  private void assertPassedUnmetered(String why) {
    assertThat(guard.intents).isEmpty();
    assertThat(guard.unmetered).singleElement().satisfies(call -> {
      assertThat(call.why()).isEqualTo(why);
      assertThat(call.endpoint()).isEqualTo("POST " + server.getHostName() + CHAT);
    });
  }

  private Request compressed(byte[] body) {
    return to(CHAT)
        .header("Content-Encoding", "gzip")
        .post(RequestBody.create(body, JSON))
        .build();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return compressed.toByteArray();
  }

  private static RequestBody oneShot(String text, long length, AtomicInteger written) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public long contentLength() {
        return length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        written.incrementAndGet();
        sink.writeUtf8(text);
      }
    };
  }

  private static RequestBody spaces(int count, boolean oneShot) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public boolean isOneShot() {
        return oneShot;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        byte[] some = new byte[8192];
        for (int left = count; left > 0; left -= some.length) {
          sink.write(some, 0, Math.min(left, some.length));
        }
      }
    };
  }
}
