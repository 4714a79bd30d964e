package dev.purser.wire;

import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.KeySecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual key that a request carries, and where. Such a request must not leave as it is: nobody
 * outside may see the key. Immutable.
 */
public final class CarriedKey {

  private static final String BASIC = "Basic";

  private final String text;
  private final List<CredentialPlace> places;
  private final @Nullable Denial objection;

  private CarriedKey(String text, List<CredentialPlace> places, @Nullable Denial objection) {
    this.text = text;
    this.places = List.copyOf(places);
    this.objection = objection;
  }

  /** Whether it is worth to look closer at a header or a parameter; costs a search in its value. */
  public static boolean mayBeIn(String text) {
    return text.contains(KeySecret.PREFIX) || isBasic(text);
  }

  /** Whether a header holds a name and a password, which nobody can read at first sight. */
  private static boolean isBasic(String value) {
    return value.strip().regionMatches(true, 0, BASIC, 0, BASIC.length());
  }

  /** Returns the name and the password; nothing if they cannot be read. */
  private static String decoded(String basic) {
    String encoded = basic.strip().substring(BASIC.length()).replace('-', '+').replace('_', '/');
    try {
      return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Returns the virtual key that a request carries, or null if it carries none. */
  public static @Nullable CarriedKey in(RequestHead head) {
    Search search = new Search();
    for (int i = 0; i < head.headerCount(); i++) {
      search.header(head.headerName(i), head.headerValue(i));
    }
    for (int i = 0; i < head.parameterCount(); i++) {
      search.parameter(head.parameterName(i), head.parameterValue(i));
    }
    search.elsewhere("the path", head.path());
    return search.found();
  }

  /** Returns the digest of the key. */
  public Credential credential() {
    return Credential.of(text);
  }

  /**
   * Returns why no credential can take the key's place whatever guard and source say: it stands where
   * nobody reads one, or is not the only one. Null if nothing stands against it.
   */
  public @Nullable Denial objection() {
    return objection;
  }

  List<CredentialPlace> places() {
    return places;
  }

  /** Says where, and nothing of the key. */
  @Override
  public String toString() {
    return "CarriedKey at " + places;
  }

  /** Not safe for use by several threads. */
  private static final class Search {
    private final List<CredentialPlace> places = new ArrayList<>();
    private String text = "";
    private String misplaced = "";
    private boolean several;

    void header(String name, String value) {
      if (!value.contains(KeySecret.PREFIX)) {
        // No provider reads one there, but each could decode it.
        elsewhere("what Basic hides in header " + name, isBasic(value) ? decoded(value) : "");
        return;
      }
      int at = CredentialPlace.isHeader(name) ? start(value) : -1;
      if (at < 0) {
        elsewhere("header " + name, value);
      } else {
        add(
            CredentialPlace.header(name, value.substring(0, at)),
            value.substring(at).strip());
      }
    }

    void parameter(String name, String value) {
      if (CredentialPlace.isParameter(name) && KeySecret.isLike(value)) {
        add(CredentialPlace.parameter(name), value);
      } else {
        elsewhere("a parameter of the query", name + " " + value);
      }
    }

    void elsewhere(String where, String value) {
      if (KeySecret.occursIn(value)) {
        misplaced = where;
      }
    }

    private void add(CredentialPlace place, String key) {
      several |= !text.isEmpty() && !text.equals(key);
      text = key;
      places.add(place);
    }

    /** Returns where a key starts that stands alone or behind a scheme; -1 if there is none. */
    private static int start(String value) {
      int at = value.indexOf(KeySecret.PREFIX);
      String before = value.substring(0, at);
      boolean alone = before.isBlank()
          || (before.strip().indexOf(' ') < 0 && Character.isWhitespace(value.charAt(at - 1)));
      return alone && value.substring(at).strip().chars().noneMatch(Character::isWhitespace)
          ? at
          : -1;
    }

    @Nullable CarriedKey found() {
      if (!misplaced.isEmpty()) {
        return objectionable(Reason.NO_CREDENTIAL, misplaced + " is no place for a key");
      }
      if (several) {
        return objectionable(Reason.UNKNOWN_KEY, "the request carries two of them");
      }
      return places.isEmpty() ? null : new CarriedKey(text, places, null);
    }

    private CarriedKey objectionable(Reason reason, String detail) {
      return new CarriedKey(text, places, new Denial(reason, "", null, detail));
    }
  }
}
