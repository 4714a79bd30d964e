package dev.purser.wire.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The format and size that a picture's header states. Reads no further than that.
 *
 * <p>Sources: PNG specification 5.6 and 11.2.2, GIF89a section 18, RFC 9649 for WebP, ITU-T T.81
 * annex B for JPEG.
 *
 * @param format {@code png}, {@code jpeg}, {@code gif}, {@code webp}, or empty if unknown
 * @param width pixels, 0 if unknown
 * @param height pixels, 0 if unknown
 */
public record ImageSize(String format, int width, int height) {

  /** A picture of which nothing is known. */
  public static final ImageSize UNKNOWN = new ImageSize("", 0, 0);

  /** A JPEG's size may stand behind thumbnails and colour profiles, but not behind more of them. */
  private static final int MOST_SEGMENTS = 64;

  private static final byte[] WEBP = "WEBPVP8".getBytes(US_ASCII);

  /** Reads a picture's header; {@link #UNKNOWN} if it is of no known format, or broken. */
  public static ImageSize read(InputStream picture) {
    DataInputStream in = new DataInputStream(picture);
    try {
      return switch (in.readUnsignedShort()) {
        case 0x8950 -> png(in);
        case 0x4749 -> gif(in);
        case 0x5249 -> webp(in);
        case 0xFFD8 -> jpeg(in);
        default -> UNKNOWN;
      };
    } catch (IOException e) {
      return UNKNOWN; // cut short, or no base64: a picture of unknown size is priced as large
    }
  }

  private static ImageSize of(String format, int width, int height) {
    boolean sane = width > 0 && height > 0;
    return new ImageSize(format, sane ? width : 0, sane ? height : 0);
  }

  private static ImageSize png(DataInputStream in) throws IOException {
    in.skipNBytes(14); // the rest of the signature, the length and name of the first chunk
    return of("png", in.readInt(), in.readInt());
  }

  private static ImageSize gif(DataInputStream in) throws IOException {
    in.skipNBytes(4);
    return of("gif", littleEndian(in, 2), littleEndian(in, 2));
  }

  private static ImageSize webp(DataInputStream in) throws IOException {
    in.skipNBytes(6);
    byte[] names = in.readNBytes(8);
    if (names.length < 8 || !Arrays.equals(names, 0, 7, WEBP, 0, 7)) {
      return UNKNOWN;
    }
    switch (names[7]) {
      case ' ' -> {
        in.skipNBytes(10); // chunk size, frame tag, start code
        return of("webp", littleEndian(in, 2) & 0x3FFF, littleEndian(in, 2) & 0x3FFF);
      }
      case 'L' -> {
        in.skipNBytes(5); // chunk size, signature
        int packed = littleEndian(in, 4);
        return of("webp", (packed & 0x3FFF) + 1, ((packed >>> 14) & 0x3FFF) + 1);
      }
      case 'X' -> {
        in.skipNBytes(8); // chunk size, flags
        return of("webp", littleEndian(in, 3) + 1, littleEndian(in, 3) + 1);
      }
      default -> {
        return UNKNOWN;
      }
    }
  }

  private static ImageSize jpeg(DataInputStream in) throws IOException {
    for (int segment = 0; segment < MOST_SEGMENTS; segment++) {
      int marker = in.readUnsignedByte();
      while (marker != 0xFF) {
        marker = in.readUnsignedByte();
      }
      while (marker == 0xFF) {
        marker = in.readUnsignedByte();
      }
      int length = in.readUnsignedShort();
      if (startsFrame(marker)) {
        in.skipNBytes(1); // bits a sample
        int height = in.readUnsignedShort();
        return of("jpeg", in.readUnsignedShort(), height);
      }
      in.skipNBytes(Math.max(0, length - 2));
    }
    return UNKNOWN;
  }

  /** C4, C8 and CC lie among the frame markers and are none. */
  private static boolean startsFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static int littleEndian(DataInputStream in, int bytes) throws IOException {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= in.readUnsignedByte() << (8 * i);
    }
    return value;
  }
}
