package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.errors.AnthropicIoException;
import dev.purser.http.RequestJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read so that it can be looked at and still be sent.
 *
 * @param body the body as it was read, or null where it was not and the original sends itself
 * @param json what a dialect may look at
 */
record OutgoingBody(@Nullable SentBody body, RequestJson json) {

  private static final int UNKNOWN_SIZE = 8192;

  /**
   * Reads the body of a request, at most once. One that states more than 64 MiB is not read; one that
   * turns out larger is given up, unless it can be written only once: then what was read is its only
   * copy and is kept whole, whatever its size, to be sent.
   *
   * @throws AnthropicIoException if the body could not be read, as on its way to the network
   */
  static OutgoingBody read(HttpRequest request, @Nullable String encoding) {
    HttpRequestBody body = request.body().orElse(null);
    if (body == null) {
      return new OutgoingBody(SentBody.none(), RequestJson.NONE);
    }
    String type = body.contentType();
    if (type != null && !isJson(type)) {
      return unread("body of type " + media(type));
    }
    String objection = RequestJson.objection(encoding);
    if (!objection.isEmpty()) {
      return unread(objection);
    }
    if (body.contentLength() > RequestJson.MAX_BYTES) {
      return unread(RequestJson.TOO_LARGE);
    }
    Collected collected = collect(body);
    if (collected.tooLarge && body.repeatable()) {
      return unread(RequestJson.TOO_LARGE);
    }
    byte[] all = collected.toByteArray();
    return new OutgoingBody(
        new SentBody(all, body),
        collected.tooLarge
            ? RequestJson.unreadable(RequestJson.TOO_LARGE)
            : RequestJson.of(all, encoding));
  }

  private static OutgoingBody unread(String why) {
    return new OutgoingBody(null, RequestJson.unreadable(why));
  }

  /** Whether a content type is one of JSON. */
  static boolean isJson(String type) {
    String media = media(type);
    return media.endsWith("/json") || media.endsWith("+json");
  }

  /** Returns the type without its parameters, of which a multipart's boundary is one. */
  private static String media(String type) {
    int end = type.indexOf(';');
    return type.substring(0, end < 0 ? type.length() : end).strip().toLowerCase(Locale.ROOT);
  }

  private static Collected collect(HttpRequestBody body) {
    long stated = body.contentLength();
    Collected collected =
        new Collected(stated < 0 ? UNKNOWN_SIZE : (int) stated, !body.repeatable());
    try {
      body.writeTo(collected);
    } catch (Exception e) {
      // Kotlin does not declare what it throws. Where it is too large, it is our own signal, or
      // what
      // the body made of it.
      if (!collected.tooLarge) {
        throw e instanceof IOException
            ? new AnthropicIoException("Request failed", e)
            : Thrown.as(e);
      }
    }
    return collected;
  }

  /** Returns the request with its body as it was. */
  HttpRequest in(HttpRequest request) {
    return body == null ? request : body.in(request.toBuilder()).build();
  }

  /** Takes what a body writes, and stops one that is written for nothing. */
  private static final class Collected extends ByteArrayOutputStream {
    private final boolean onlyCopy;
    private boolean tooLarge;

    Collected(int size, boolean onlyCopy) {
      super(size);
      this.onlyCopy = onlyCopy;
    }

    @Override
    public synchronized void write(int octet) {
      grow(1);
      super.write(octet);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      grow(length);
      super.write(bytes, offset, length);
    }

    private void grow(int more) {
      tooLarge |= (long) count + more > RequestJson.MAX_BYTES;
      if (tooLarge && !onlyCopy) {
        throw new IllegalStateException(RequestJson.TOO_LARGE);
      }
    }
  }
}
