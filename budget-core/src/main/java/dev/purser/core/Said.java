package dev.purser.core;

/** Checks what must be said of what somebody does, before it is done. */
final class Said {

  private Said() {}

  /**
   * Returns a text.
   *
   * @throws IllegalArgumentException if it is blank
   */
  static String filled(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + ": must not be blank");
    }
    return value;
  }

  /**
   * Checks that it is said who does something and why.
   *
   * @throws IllegalArgumentException if one is blank
   */
  static void whoAndWhy(String by, String why) {
    String unusedBy = filled("by", by);
    String unusedWhy = filled("why", why);
  }
}
