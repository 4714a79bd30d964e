package dev.purser.wire.credential;

import dev.purser.api.Secret;
import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in a file, a line each: the name of a provider or gateway, or a host with its port if
 * that is not 443, and behind {@code =} the credential, in quotes or not. {@code @} and the name of a
 * virtual key behind the name give that key a credential of its own. Empty lines, and those that
 * begin with {@code #}, say nothing.
 *
 * <pre>{@code
 * openai=sk-...
 * openai@alice=sk-...
 * portkey=...
 * litellm.acme.dev:4000=sk-...
 * }</pre>
 *
 * <p>A file that changes is read again at the next call, a second after its last change at the
 * earliest, so that none is taken over that is still being written. While it is gone or wrong, what it
 * said before holds, and the log says so once.
 *
 * <p>The log warns of a file that everybody on the machine may read. Safe for use by several threads;
 * a look takes a look at the file's attributes, and reads the file only when they have changed.
 */
public final class FileCredentials implements CredentialSource {

  private static final System.Logger LOG = System.getLogger(FileCredentials.class.getName());
  private static final Duration AT_REST = Duration.ofSeconds(1);

  /** What tells one state of a file from another; the key changes where another file took its name. */
  private record State(
      FileTime modified, long size, @Nullable Object key) {

    static State of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(found.lastModifiedTime(), found.size(), found.fileKey());
    }

    boolean isAtRest(Instant now) {
      Instant at = modified.toInstant();
      // A time to come says that another clock wrote it.
      return !now.isBefore(at.plus(AT_REST)) || now.plus(AT_REST).isBefore(at);
    }
  }

  private final Path file;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile State state;
  private volatile Bindings<Secret> content;

  /** What was wrong last; under the lock. */
  private String complaint = "";

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line of it is wrong; the message names
   *     the line by its number and quotes nothing
   */
  public FileCredentials(Path file) {
    this(file, InstantSource.system());
  }

  FileCredentials(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    try {
      state = State.of(file);
      content = CredentialFile.read(Files.readAllLines(file));
      if (isOpenToAll(file)) {
        LOG.log(System.Logger.Level.WARNING, "everybody may read the credentials in " + file);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read: " + e.getClass().getName(), e);
    }
  }

  private static boolean isOpenToAll(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    return may.contains(PosixFilePermission.OTHERS_READ);
  }

  @Override
  public @Nullable Secret credentialFor(Upstream upstream) {
    // Whoever comes while another thread looks takes what was known.
    if (reading.tryLock()) {
      try {
        look();
      } finally {
        reading.unlock();
      }
    }
    return content.find(upstream);
  }

  private void look() {
    try {
      State now = State.of(file);
      if (now.equals(state) || !now.isAtRest(clock.instant())) {
        return;
      }
      Bindings<Secret> changed = CredentialFile.read(Files.readAllLines(file));
      if (now.equals(State.of(file))) {
        content = changed;
        state = now;
        complaint = "";
      }
    } catch (IllegalArgumentException e) {
      complain(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      complain("cannot be read: " + e.getClass().getName());
    }
  }

  private void complain(String problem) {
    if (!problem.equals(complaint)) {
      complaint = problem;
      LOG.log(
          System.Logger.Level.WARNING,
          file + ": " + problem + "; the credentials that it held before stay in use");
    }
  }

  /** Renders the file and for whom it has credentials, and none of them. */
  @Override
  public String toString() {
    return "FileCredentials " + file + " " + content.names();
  }
}
