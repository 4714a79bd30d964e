package dev.purser.wire.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.purser.wire.json.JsonSlice;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code data:} URL, or bare base64: the type and size of what it carries, without decoding more
 * than a header.
 */
public final class DataUrl {

  private static final byte[] SCHEME = "data:".getBytes(ISO_8859_1);
  private static final int LONGEST_HEAD = 512;

  private final String format;
  private final JsonSlice.Bytes payload;
  private final boolean base64;

  private DataUrl(String format, JsonSlice.Bytes payload, boolean base64) {
    this.format = format;
    this.payload = payload;
    this.base64 = base64;
  }

  /** Returns the URL that a JSON string holds, or null if it is another URL. */
  public static @Nullable DataUrl read(JsonSlice string) {
    JsonSlice.Bytes url = string.latin();
    if (!startsWithScheme(url)) {
      return null;
    }
    int comma = url.from();
    int last = Math.min(url.to(), url.from() + LONGEST_HEAD);
    while (comma < last && url.array()[comma] != ',') {
      comma++;
    }
    if (comma == last) {
      return null;
    }
    int afterScheme = url.from() + SCHEME.length;
    String head = new String(url.array(), afterScheme, comma - afterScheme, ISO_8859_1);
    return new DataUrl(
        format(head),
        new JsonSlice.Bytes(url.array(), comma + 1, url.to()),
        head.toLowerCase(Locale.ROOT).endsWith(";base64"));
  }

  /** Returns the bare base64 that a JSON string holds. */
  public static DataUrl ofBase64(JsonSlice string, String format) {
    return new DataUrl(format, string.latin(), true);
  }

  private static boolean startsWithScheme(JsonSlice.Bytes url) {
    for (int i = 0; i < SCHEME.length; i++) {
      if (url.from() + i >= url.to()
          || Character.toLowerCase(url.array()[url.from() + i]) != SCHEME[i]) {
        return false;
      }
    }
    return true;
  }

  private static String format(String head) {
    int end = head.indexOf(';');
    String type = end < 0 ? head : head.substring(0, end);
    return type.substring(type.indexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  /** Returns the short name of what the URL says it carries, empty if it does not say. */
  public String format() {
    return format;
  }

  /** Returns how many bytes it carries. */
  public long bytes() {
    int end = payload.to();
    while (end > payload.from() && payload.array()[end - 1] == '=') {
      end--;
    }
    long characters = (long) end - payload.from();
    return base64 ? characters * 3 / 4 : characters;
  }

  /** Returns what it carries; empty if it is not base64. Line breaks within are passed over. */
  public InputStream decode() {
    return base64
        ? Base64.getMimeDecoder()
            .wrap(new ByteArrayInputStream(payload.array(), payload.from(), payload.length()))
        : InputStream.nullInputStream();
  }
}
