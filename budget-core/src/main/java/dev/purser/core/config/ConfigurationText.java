package dev.purser.core.config;

import dev.purser.api.KeyHash;
import dev.purser.api.VirtualKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a configuration file, for a change of one key that leaves all else as it is, comments
 * included. A change is read again before anybody gets to see it: it must say what the text said
 * before, and the change, and nothing else.
 */
public final class ConfigurationText {

  private final Path path;
  private final Content content;
  private final String text;
  private final Configuration configuration;

  private ConfigurationText(Path path) {
    this.path = path;
    content = Content.of(path);
    text = content.text(path.toString());
    configuration = ConfigurationReader.read(path.toString(), text);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if it cannot be read or is wrong, with everything that is
   */
  public static ConfigurationText of(Path path) {
    return new ConfigurationText(path);
  }

  /** Returns what the text says. */
  public Configuration configuration() {
    return configuration;
  }

  /**
   * Returns the key of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says what was perhaps meant
   */
  public VirtualKey key(String name) {
    return configuration.keys().get(index(name));
  }

  private int index(String name) {
    List<String> names = configuration.keys().stream().map(VirtualKey::name).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(path + ": there is no key named " + Excerpt.quoted(name)
          + (names.isEmpty() ? "; it has no keys" : Spelling.hint(name, names)));
    }
    return index;
  }

  /** Returns the text with one more key; empty if it cannot be put in safely. */
  public Optional<String> with(KeyEntry entry, KeyHash hash) {
    List<VirtualKey> keys = new ArrayList<>(configuration.keys());
    keys.add(entry.key(hash, configuration.zone()));
    return lines().added(entry.lines(hash)).filter(changed -> says(changed, keys));
  }

  /** Returns the text with a key that is revoked; empty if it cannot be put in safely. */
  public Optional<String> revoked(String name, Instant at) {
    int index = index(name);
    List<VirtualKey> keys = new ArrayList<>(configuration.keys());
    keys.set(index, keys.get(index).revoked(at));
    return lines().withField(index, "revoked: " + at).filter(changed -> says(changed, keys));
  }

  private KeyLines lines() {
    return new KeyLines(text, YamlTree.read(text, new Problems()));
  }

  private boolean says(String changed, List<VirtualKey> keys) {
    try {
      return changed.getBytes(StandardCharsets.UTF_8).length <= Content.LARGEST
          && ConfigurationReader.read("", changed)
              .equals(configuration.withKeys(keys).complete());
    } catch (ConfigurationException e) {
      return false;
    }
  }

  /**
   * Puts a changed text in place of the file's, whole or not at all, with the file's owner, group
   * and permissions.
   *
   * @throws IOException if it cannot be written, or somebody changed the file since it was read
   */
  public void write(String changed) throws IOException {
    Path file = path.toRealPath(); // a link stays one
    Path next = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
    try {
      Files.writeString(next, changed);
      keepPermissions(file, next);
      replace(file, next);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /**
   * Replaces the file if it still is what was read. Locked, so that of two commands that change it at
   * once the second finds it changed: it waits at the file that both have read, which is another one
   * by then.
   */
  private void replace(Path file, Path next) throws IOException {
    // What is open is closed in the opposite order, so last of all the lock: a process loses its
    // locks
    // of a file as soon as it closes it in any place.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        InputStream now = Files.newInputStream(file)) {
      if (!lock.isValid() || !Content.of(now).equals(content)) {
        throw new IOException("somebody changed it meanwhile");
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (OverlappingFileLockException e) {
      throw new IOException("somebody is changing it", e);
    }
  }

  /** Whom a file belongs to goes first, for its permissions may let others in. */
  private static void keepPermissions(Path from, Path to) throws IOException {
    @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (posix == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    keepOwner(wanted, posix);
    posix.setPermissions(wanted.permissions());
  }

  private static void keepOwner(PosixFileAttributes wanted, PosixFileAttributeView posix)
      throws IOException {
    PosixFileAttributes made = posix.readAttributes();
    try {
      if (!made.group().equals(wanted.group())) {
        posix.setGroup(wanted.group());
      }
      if (!made.owner().equals(wanted.owner())) {
        posix.setOwner(wanted.owner());
      }
    } catch (IOException e) {
      throw new IOException(
          "it belongs to " + wanted.owner().getName() + ":" + wanted.group().getName()
              + ", and only they or root can change it so that it stays theirs",
          e);
    }
  }
}
