package dev.purser.core.config;

import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.VirtualKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A virtual key as somebody said it in words, and the entry of a configuration file that says the same.
 *
 * @param owner who answers for it, or null for the file's owner
 * @param user whose calls these are, or null
 * @param team whose calls these are, or null
 * @param models what it may call; empty for every model
 * @param taskClasses which task classes it may use; empty for every one
 * @param expires a day or an instant, or null
 */
public record KeyEntry(
    String name,
    @Nullable String owner,
    @Nullable String user,
    @Nullable String team,
    List<String> models,
    List<String> taskClasses,
    @Nullable String expires) {

  /** What is the same text with and without quotes, wherever it stands. */
  private static final Pattern PLAIN = Pattern.compile("\\w[\\w.@/+*-]*");

  /** What leaves something on paper. */
  private static final Pattern PRINTED = Pattern.compile("[^\\p{C}\\p{Z}]");

  private static final Pattern NOTHING = Pattern.compile("null", Pattern.CASE_INSENSITIVE);

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is that of no key; the message does not quote it
   */
  public KeyEntry {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a key's name must not be blank");
    }
    if (KeySecret.isLike(name)) {
      throw new IllegalArgumentException(
          "a key's name must not begin like a secret, for it is shown everywhere");
    }
    models = List.copyOf(models);
    taskClasses = List.copyOf(taskClasses);
  }

  /**
   * Returns the key.
   *
   * @param zone the zone of days
   * @throws IllegalArgumentException if a word says nothing
   */
  public VirtualKey key(KeyHash hash, ZoneId zone) {
    VirtualKey key = VirtualKey.named(name)
        .models(models.toArray(String[]::new))
        .taskClasses(taskClasses.toArray(String[]::new))
        .opensWith(hash);
    key = owner == null ? key : key.owner(owner);
    key = user == null ? key : key.user(user);
    key = team == null ? key : key.team(team);
    return expires == null ? key : key.expires(InstantWords.end(expires, zone));
  }

  /** Returns the lines of the entry, as they stand under {@code keys:} without an indent. */
  public List<String> lines(KeyHash hash) {
    List<String> lines = new ArrayList<>();
    lines.add("- name: " + quoted(name));
    add(lines, "owner", owner);
    add(lines, "user", user);
    add(lines, "team", team);
    add(lines, "models", models);
    add(lines, "task-classes", taskClasses);
    add(lines, "expires", expires);
    lines.add("  hashes:");
    lines.add("    - " + hash);
    return lines;
  }

  private static void add(List<String> lines, String key, @Nullable String value) {
    if (value != null) {
      lines.add("  " + key + ": " + quoted(value));
    }
  }

  private static void add(List<String> lines, String key, List<String> values) {
    if (!values.isEmpty()) {
      String list = values.stream().map(KeyEntry::quoted).collect(Collectors.joining(", "));
      lines.add("  " + key + ": [" + list + "]");
    }
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !NOTHING.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> {
      if (c == '"' || c == '\\') {
        quoted.append('\\').appendCodePoint(c);
      } else if (c == ' ' || PRINTED.matcher(Character.toString(c)).matches()) {
        quoted.appendCodePoint(c);
      } else {
        Character.toString(c)
            .chars()
            .forEach(half -> quoted.append(String.format("\\u%04x", half)));
      }
    });
    return quoted.append('"').toString();
  }
}
