package dev.purser.okhttp;

import dev.purser.http.RequestJson;
import java.io.IOException;
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

  static final int MAX_BYTES = RequestJson.MAX_BYTES;

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
      return read(BufferedBody.none(), RequestJson.NONE);
    }
    if (body.isDuplex()) {
      return unread("duplex body");
    }
    MediaType type = body.contentType();
    if (type != null && !isJson(type) && !isForm(type)) {
      return unread("body of type " + type.type() + "/" + type.subtype());
    }
    String encoding = request.header("Content-Encoding");
    String objection = RequestJson.objection(encoding);
    if (!objection.isEmpty()) {
      return unread(objection);
    }
    if (body.contentLength() > MAX_BYTES) {
      return unread(RequestJson.TOO_LARGE);
    }
    BodyBytes bytes = BodyBytes.of(body);
    byte[] all = bytes.all();
    if (all == null) {
      return unread(RequestJson.TOO_LARGE);
    }
    BufferedBody buffered = new BufferedBody(all, body.contentType(), body.isOneShot());
    if (bytes.tooLarge()) {
      return read(buffered, RequestJson.unreadable(RequestJson.TOO_LARGE));
    }
    return read(buffered, RequestJson.of(all, encoding));
  }

  private static OutgoingBody unread(String why) {
    return read(null, RequestJson.unreadable(why));
  }

  private static boolean isJson(MediaType type) {
    return type.subtype().equals("json") || type.subtype().endsWith("+json");
  }

  /** Recordings and pictures are sent so, with the fields that say what is asked. */
  private static boolean isForm(MediaType type) {
    return type.type().equals("multipart") && type.subtype().equals("form-data");
  }

  private static OutgoingBody read(@Nullable BufferedBody buffered, RequestJson json) {
    return new OutgoingBody(buffered, json.bytes(), json.unreadable());
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
