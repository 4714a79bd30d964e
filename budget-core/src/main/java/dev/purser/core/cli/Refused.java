package dev.purser.core.cli;

/** What was asked for is not done; the message says why, and how to mend it. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean wrongUsage;

  private Refused(String message, boolean wrongUsage) {
    super(message);
    this.wrongUsage = wrongUsage;
  }

  static Refused because(String why) {
    return new Refused(why, false);
  }

  /** The words of the command make no sense. */
  static Refused usage(String why) {
    return new Refused(why, true);
  }

  boolean wrongUsage() {
    return wrongUsage;
  }
}
