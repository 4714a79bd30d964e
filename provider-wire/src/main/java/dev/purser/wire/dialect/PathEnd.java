package dev.purser.wire.dialect;

/** How the path of an endpoint ends, wherever a host or a gateway has it. */
final class PathEnd {

  private static final String DEPLOYMENTS = "/deployments/";

  private PathEnd() {}

  /** Whether a path ends so; many servers answer with a slash after it too. */
  static boolean is(String path, String end) {
    int length = path.length();
    while (length > 0 && path.charAt(length - 1) == '/') {
      length--;
    }
    return path.startsWith(end, length - end.length());
  }

  /**
   * Returns what Azure's path names as the model: {@code /openai/deployments/{name}/chat/…}. Empty where
   * the path names none: servers of a single model answer a call that names none either, and some bill
   * it.
   */
  static String deployment(String path) {
    int start = path.indexOf(DEPLOYMENTS);
    int end = start < 0 ? -1 : path.indexOf('/', start + DEPLOYMENTS.length());
    return end < 0 ? "" : path.substring(start + DEPLOYMENTS.length(), end);
  }
}
