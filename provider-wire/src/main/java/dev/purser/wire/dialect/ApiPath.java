package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;

/** ApiPath of requests, still encoded. */
final class ApiPath {

  private ApiPath() {}

  /** Whether a path ends so; many servers answer with a slash behind it too. */
  static boolean endsWith(String path, String suffix) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.startsWith(suffix, end - suffix.length());
  }

  /** Returns a segment of a path as it was before it was encoded; as it is if it is encoded wrongly. */
  static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8); // a plus is no space in a path
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
