package dev.purser.wire.credential;

import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a file of credentials says. Its errors name a line and quote nothing of it. */
final class CredentialFile {

  private CredentialFile() {}

  /**
   * Reads lines of {@code name=value}.
   *
   * @throws IllegalArgumentException if a line is none, or there is nothing at all
   */
  static Bindings<Secret> read(List<String> lines) {
    Map<String, Secret> byName = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? lines.get(i).replace("\uFEFF", "") : lines.get(i)).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          read(line, byName);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("there is no credential in it");
    }
    return new Bindings<>(byName);
  }

  private static void read(String line, Map<String, Secret> byName) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("is not of the form name=value");
    }
    String value = unquoted(line.substring(equals + 1).strip());
    if (value.isBlank()) {
      throw new IllegalArgumentException("has no value");
    }
    if (KeySecret.isLike(value)) {
      throw new IllegalArgumentException("holds a virtual key, which is nothing to send");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("holds a character that no header can carry");
    }
    if (byName.put(Bindings.name(line.substring(0, equals).strip()), Secret.of(value)) != null) {
      throw new IllegalArgumentException("has the name of a line before it");
    }
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted = value.length() > 1
        && (first == '"' || first == '\'')
        && value.charAt(value.length() - 1) == first;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
