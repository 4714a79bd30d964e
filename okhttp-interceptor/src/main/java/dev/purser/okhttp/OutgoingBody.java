package dev.purser.okhttp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read so that it can be looked at and still be sent.
 *
 * @param buffered the body as it was read, or null where it was not and the original sends itself
 * @param json the bytes to look at, freed of compression
 * @param unreadable why there is nothing to look at, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: bodies may be large
record OutgoingBody(@Nullable BufferedBody buffered, byte[] json, String unreadable) {

  /** Far above what any model reads, far below what hurts a heap. */
  static final int MAX_BYTES = 64 << 20;

  private static final byte[] NOTHING = new byte[0];
  private static final String TOO_LARGE = "body larger than 64 MiB";

  /**
   * Reads the body of a request, at most once. One that states more than {@link #MAX_BYTES} is not
   * read; one that turns out larger is given up, unless it is one-shot: then what was read is its
   * only copy and is kept whole, whatever its size, to be sent.
   *
   * @throws IOException what the body itself threw, as it would have on its way to the network
   */
  static OutgoingBody read(Request request) throws IOException {
    RequestBody body = request.body();
    if (body == null) {
      return new OutgoingBody(BufferedBody.none(), NOTHING, "");
    }
    if (body.isDuplex()) {
      return unread("duplex body");
    }
    MediaType type = body.contentType();
    if (type != null && !isJson(type)) {
      return unread("body of type " + type.type() + "/" + type.subtype());
    }
    String encoding = encoding(request);
    if (!encoding.isEmpty() && !encoding.equals("gzip")) {
      return unread("body in an encoding other than gzip");
    }
    if (body.contentLength() > MAX_BYTES) {
      return unread(TOO_LARGE);
    }
    BodyBytes bytes = BodyBytes.of(body);
    byte[] all = bytes.all();
    if (all == null) {
      return unread(TOO_LARGE);
    }
    BufferedBody buffered = new BufferedBody(all, body.contentType(), body.isOneShot());
    if (bytes.tooLarge()) {
      return new OutgoingBody(buffered, NOTHING, TOO_LARGE);
    }
    return encoding.isEmpty() ? new OutgoingBody(buffered, all, "") : inflated(buffered, all);
  }

  private static OutgoingBody unread(String why) {
    return new OutgoingBody(null, NOTHING, why);
  }

  private static boolean isJson(MediaType type) {
    return type.subtype().equals("json") || type.subtype().endsWith("+json");
  }

  private static String encoding(Request request) {
    String encoding = request.header("Content-Encoding");
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return name.equals("identity") ? "" : name;
  }

  private static OutgoingBody inflated(BufferedBody buffered, byte[] compressed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] json = gzip.readNBytes(MAX_BYTES + 1);
      return json.length > MAX_BYTES
          ? new OutgoingBody(buffered, NOTHING, TOO_LARGE)
          : new OutgoingBody(buffered, json, "");
    } catch (IOException e) {
      // What the body really is, is for the provider to judge.
      return new OutgoingBody(buffered, NOTHING, "body is not the gzip it is said to be");
    }
  }

  /** Returns the request with its body as it was. */
  Request in(Request request) {
    return buffered == null
        ? request
        : request
            .newBuilder()
            .method(request.method(), buffered.toSend(request.method()))
            .build();
  }
}
