package dev.purser.wire.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that is a form in parts, looked at where it lies: values that are text, and the sizes
 * of files. Immutable as long as nobody writes to the bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578: multipart/form-data</a>
 */
public final class FormBody {

  private static final Pattern BOUNDARY = Pattern.compile(
      "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200})).*",
      Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** More parts than any form has. */
  private static final int MOST_PARTS = 10_000;

  /** Longer values are no names of anything, and their texts are not needed. */
  private static final int LONGEST_TEXT = 1 << 20;

  private static final int LONGEST_BORDER = 202;
  private static final byte[] DASHES = {'-', '-'};
  private static final byte[] LINE = {'\r', '\n'};
  private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

  private final byte[] bytes;
  private final List<Part> parts;

  private FormBody(byte[] bytes, List<Part> parts) {
    this.bytes = bytes;
    this.parts = List.copyOf(parts);
  }

  /**
   * A part of a form.
   *
   * @param name the field
   * @param fileName what the file is called, empty if it is none
   * @param from the index of its first byte
   * @param to the index after its last byte
   */
  public record Part(String name, String fileName, int from, int to) {

    /** Returns how many bytes it has. */
    public int length() {
      return to - from;
    }
  }

  /**
   * Whether a body is of this kind.
   *
   * @param contentType the body's type; where an adapter does not see it, the first line says it
   */
  public static boolean is(byte[] bytes, @Nullable String contentType) {
    return border(bytes, contentType) != null;
  }

  /**
   * Returns the form, or null if this is none.
   *
   * @param contentType the body's type, with the boundary between the parts, or null if unknown
   */
  public static @Nullable FormBody read(byte[] bytes, @Nullable String contentType) {
    String border = border(bytes, contentType);
    List<Part> parts = border == null ? null : parts(bytes, border.getBytes(ISO_8859_1));
    return parts == null ? null : new FormBody(bytes, parts);
  }

  /** Returns what stands between two parts, the end of the line before it included. */
  private static @Nullable String border(byte[] bytes, @Nullable String contentType) {
    if (contentType == null) {
      int end = startsWith(bytes, 0, DASHES) ? indexOf(bytes, LINE, 0) : -1;
      return end <= DASHES.length || end > LONGEST_BORDER
          ? null
          : "\r\n" + new String(bytes, 0, end, ISO_8859_1);
    }
    Matcher boundary = BOUNDARY.matcher(contentType.strip());
    if (!boundary.matches()) {
      return null;
    }
    return "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
  }

  private static @Nullable List<Part> parts(byte[] bytes, byte[] border) {
    List<Part> parts = new ArrayList<>();
    int at = firstBorderEnd(bytes, border);
    while (at >= 0 && parts.size() < MOST_PARTS) {
      if (startsWith(bytes, at, DASHES)) {
        return parts;
      }
      int head = indexOf(bytes, LINE, at);
      int headEnd = head < 0 ? -1 : indexOf(bytes, EMPTY_LINE, head);
      int end = headEnd < 0 ? -1 : indexOf(bytes, border, headEnd + LINE.length);
      if (end < 0) {
        return null;
      }
      int from = Math.min(headEnd + EMPTY_LINE.length, end);
      parts.add(part(new String(bytes, head, headEnd - head, UTF_8), from, end));
      at = end + border.length;
    }
    return null;
  }

  /** Before the first border there need be no line. */
  private static int firstBorderEnd(byte[] bytes, byte[] border) {
    byte[] first = new byte[border.length - LINE.length];
    System.arraycopy(border, LINE.length, first, 0, first.length);
    int before = startsWith(bytes, 0, first) ? 0 : indexOf(bytes, border, 0);
    return before < 0 ? -1 : before == 0 ? first.length : before + border.length;
  }

  private static Part part(String head, int from, int to) {
    return new Part(parameter(head, "name"), parameter(head, "filename"), from, to);
  }

  private static String parameter(String head, String name) {
    Matcher found = Pattern.compile(
            ";\\s*" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]++))",
            Pattern.CASE_INSENSITIVE)
        .matcher(head);
    if (!found.find()) {
      return "";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; i <= bytes.length - wanted.length; i++) {
      if (bytes[i] == wanted[0] && startsWith(bytes, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
    if (at + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns all parts. */
  public List<Part> parts() {
    return parts;
  }

  /** Returns the text of a field, the last of its name, or null if there is none. */
  public @Nullable String text(String name) {
    String text = null;
    for (Part part : parts) {
      if (part.name().equals(name) && part.length() <= LONGEST_TEXT) {
        text = new String(bytes, part.from(), part.length(), UTF_8);
      }
    }
    return text;
  }

  /** Whether a field is {@code true}. */
  public boolean isTrue(String name) {
    String text = text(name);
    return text != null && text.strip().equalsIgnoreCase("true");
  }

  /** Returns the count that a field states; 1 if it states none. */
  public int count(String name) {
    String text = text(name);
    String digits = text == null ? "" : text.strip();
    return digits.matches("[1-9]\\d{0,8}") ? Integer.parseInt(digits) : 1;
  }

  /** Returns the body with the text of a field replaced wherever it stands; else the same array. */
  byte[] with(String name, @Nullable String text) {
    if (text == null || parts.stream().noneMatch(part -> part.name().equals(name))) {
      return bytes;
    }
    ByteArrayOutputStream edited = new ByteArrayOutputStream(bytes.length + text.length());
    int read = 0;
    for (Part part : parts) {
      if (part.name().equals(name)) {
        edited.write(bytes, read, part.from() - read);
        edited.writeBytes(text.getBytes(UTF_8));
        read = part.to();
      }
    }
    edited.write(bytes, read, bytes.length - read);
    return edited.toByteArray();
  }

  /** Returns a stream of a part's bytes. */
  public InputStream open(Part part) {
    return new ByteArrayInputStream(bytes, part.from(), part.length());
  }

  /** Renders how much there is, never the content. */
  @Override
  public String toString() {
    return "form of " + parts.size() + " parts, " + bytes.length + " bytes";
  }
}
