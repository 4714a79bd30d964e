package dev.purser.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a file at one moment, or why there were none; equal where both are. */
final class Content {

  /** A configuration of thousands of budgets is smaller. */
  static final int LARGEST = 1 << 20;

  private final byte[] bytes;
  private final String failure;
  private final @Nullable IOException cause;

  private Content(byte[] bytes, String failure, @Nullable IOException cause) {
    this.bytes = bytes;
    this.failure = failure;
    this.cause = cause;
  }

  static Content of(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return of(in);
    } catch (NoSuchFileException e) {
      return new Content(new byte[0], "does not exist", e);
    } catch (IOException e) {
      return new Content(new byte[0], "cannot be read: " + e, e);
    }
  }

  /** Returns what a file that is open holds from here on. */
  static Content of(InputStream in) throws IOException {
    return new Content(in.readNBytes(LARGEST + 1), "", null);
  }

  /**
   * Returns the text.
   *
   * @throws ConfigurationException if there is none
   */
  String text(String file) {
    if (!failure.isEmpty()) {
      throw refused(file, failure, cause);
    }
    if (bytes.length > LARGEST) {
      throw refused(file, "is larger than 1 MiB, too large for a configuration", null);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused(file, "is not text in UTF-8", e);
    }
  }

  private static ConfigurationException refused(
      String file, String why, @Nullable Throwable cause) {
    return new ConfigurationException(file, List.of(new Problem("", 0, why)), cause);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Content that
        && failure.equals(that.failure)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes) * 31 + failure.hashCode();
  }
}
