package dev.purser.core.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What fingerprints of credentials are salted with. In a file of its own, which its owner alone may read,
 * so that who may read the lines cannot try credentials on them. Kept, or every restart would give each
 * unnamed key a new account.
 */
final class Salt {

  private static final String FILE = "salt";
  private static final int BYTES = 16;

  private Salt() {}

  static byte[] of(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try {
        byte[] salt = HexFormat.of().parseHex(Files.readString(file).strip());
        if (salt.length == BYTES) {
          return salt;
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " holds no salt; restore it, or remove it to begin anew", e);
      }
      throw new IOException(file + " holds no salt; restore it, or remove it to begin anew");
    }
    byte[] salt = new byte[BYTES];
    new SecureRandom().nextBytes(salt);
    write(folder, salt);
    return salt;
  }

  /** Puts the salt into a folder that was removed and made anew. */
  static void restore(Path folder, byte[] salt) throws IOException {
    if (!Files.exists(folder.resolve(FILE))) {
      write(folder, salt);
    }
  }

  private static void write(Path folder, byte[] salt) throws IOException {
    Path unfinished = folder.resolve("salt.unfinished");
    Files.deleteIfExists(unfinished);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (FileOutputStream to = new FileOutputStream(unfinished.toFile())) {
      to.write(HexFormat.of().formatHex(salt).getBytes(StandardCharsets.US_ASCII));
      to.getFD().sync(); // an empty one would keep the next guard from starting
    }
    Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
