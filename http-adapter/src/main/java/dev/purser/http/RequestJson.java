package dev.purser.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a dialect may look at it.
 *
 * @param bytes the bytes to look at, freed of compression
 * @param unreadable why there is nothing to look at, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: bodies may be large
public record RequestJson(byte[] bytes, String unreadable) {

  /** Far above what any model reads, far below what hurts a heap. */
  public static final int MAX_BYTES = 64 << 20;

  /** Why a body beyond {@link #MAX_BYTES} is not looked at. */
  public static final String TOO_LARGE = "body larger than 64 MiB";

  private static final byte[] NOTHING = new byte[0];

  /** Of a request without a body: there is nothing in it that could not be read. */
  public static final RequestJson NONE = new RequestJson(NOTHING, "");

  /** Returns a body that cannot be looked at. */
  public static RequestJson unreadable(String why) {
    return new RequestJson(NOTHING, why);
  }

  /** Returns why a body of this content encoding cannot be looked at, whatever it is; empty if it can. */
  public static String objection(@Nullable String encoding) {
    String name = plain(encoding);
    return name.isEmpty() || name.equals("gzip") ? "" : "body in an encoding other than gzip";
  }

  /**
   * Frees a body of its compression.
   *
   * @param sent the bytes as they are sent
   * @param encoding the content encoding, against which there is no {@link #objection}
   */
  public static RequestJson of(byte[] sent, @Nullable String encoding) {
    if (plain(encoding).isEmpty()) {
      return new RequestJson(sent, "");
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      byte[] json = gzip.readNBytes(MAX_BYTES + 1);
      return json.length > MAX_BYTES ? unreadable(TOO_LARGE) : new RequestJson(json, "");
    } catch (IOException e) {
      // What the body really is, is for the provider to judge.
      return unreadable("body is not the gzip it is said to be");
    }
  }

  private static String plain(@Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return name.equals("identity") ? "" : name;
  }
}
