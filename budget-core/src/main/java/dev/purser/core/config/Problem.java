package dev.purser.core.config;

/**
 * One thing that is missing or wrong in a configuration.
 *
 * @param path where it is: {@code budgets[1].window} in a file, {@code budget "day"} in a program;
 *     empty for a file as a whole
 * @param line the line in the file, from 1; 0 where there is none
 * @param message what is wrong, on one line
 */
public record Problem(String path, int line, String message) {

  /** Renders the problem in the form of a compiler's: {@code file:line: path: message}. */
  String in(String file) {
    String place = line == 0 ? "" : line + ":";
    return (file.isEmpty() ? "" : file + ":")
        + place
        + (file.isEmpty() && place.isEmpty() ? "" : " ")
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }

  @Override
  public String toString() {
    return in("");
  }
}
