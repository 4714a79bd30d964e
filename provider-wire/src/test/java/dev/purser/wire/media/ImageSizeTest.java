package dev.purser.wire.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ImageSizeTest {

  @Test
  void pngStatesItsSizeFirst() {
    assertThat(read("89504e470d0a1a0a 0000000d49484452 00000400 00000300 08"))
        .isEqualTo(new ImageSize("png", 1024, 768));
  }

  @Test
  void gifIsLittleEndian() {
    assertThat(read("474946383961 2c01 c800 00")).isEqualTo(new ImageSize("gif", 300, 200));
  }

  @Test
  void webpHasThreeKinds() {
    assertThat(read("52494646 00000000 57454250 56503820 00000000 300100 9d012a 2c01 c800"))
        .isEqualTo(new ImageSize("webp", 300, 200));
    // width − 1 in the low 14 bits, height − 1 in the next 14: 299 | 199 << 14 = 0x0031C12B
    assertThat(read("52494646 00000000 57454250 5650384c 00000000 2f 2bc13100"))
        .isEqualTo(new ImageSize("webp", 300, 200));
    assertThat(read("52494646 00000000 57454250 56503858 0a000000 10000000 2b0100 c70000"))
        .isEqualTo(new ImageSize("webp", 300, 200));
  }

  @Test
  void jpegStatesItsSizeBehindOtherSegments() {
    String start = "ffd8";
    String profile = "ffe0 0010 4a46494600010100000100010000";
    String huffman = "ffc4 0004 0000";
    String filled = "ffff"; // fill bytes before a marker are allowed
    assertThat(read(start + profile + huffman + filled + "ffc2 0011 08 00c8 012c 03"))
        .isEqualTo(new ImageSize("jpeg", 300, 200));
  }

  @Test
  void whatIsNoPictureOrCutShortIsUnknown() {
    assertThat(read("")).isEqualTo(ImageSize.UNKNOWN);
    assertThat(read("89504e470d0a1a0a 0000000d49484452 000004")).isEqualTo(ImageSize.UNKNOWN);
    assertThat(read("25504446")).isEqualTo(ImageSize.UNKNOWN);
    assertThat(read("52494646 00000000 57415645 666d7420")).isEqualTo(ImageSize.UNKNOWN);
    assertThat(read("ffd8 ffe0 ffff")).isEqualTo(ImageSize.UNKNOWN);
  }

  @Test
  void anAbsurdSizeIsNone() {
    assertThat(read("89504e470d0a1a0a 0000000d49484452 ffffffff 00000300"))
        .isEqualTo(new ImageSize("png", 0, 0));
  }

  @Test
  void aJpegWithoutASizeIsNotReadForEver() {
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    segments.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    for (int i = 0; i < 100_000; i++) {
      segments.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 2});
    }
    ByteArrayInputStream in = new ByteArrayInputStream(segments.toByteArray());

    assertThat(ImageSize.read(in)).isEqualTo(ImageSize.UNKNOWN);
    assertThat(in.available()).isGreaterThan(300_000);
  }

  @Property(tries = 300)
  void garbageNeverThrows(@ForAll byte[] garbage) {
    ImageSize size = ImageSize.read(new ByteArrayInputStream(garbage));

    assertThat(size.width()).isNotNegative();
    assertThat(size.height()).isNotNegative();
  }

  private static ImageSize read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return ImageSize.read(new ByteArrayInputStream(bytes));
  }
}
