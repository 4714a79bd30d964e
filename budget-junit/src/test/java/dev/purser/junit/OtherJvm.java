package dev.purser.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs test classes through the launcher in a JVM of its own. */
final class OtherJvm {

  private static final int PATIENCE_MINUTES = 2;

  private final int exit;
  private final String output;

  private OtherJvm(int exit, String output) {
    this.exit = exit;
    this.output = output;
  }

  /** Runs classes on the JUnit of this build. */
  static OtherJvm run(List<String> options, String... classes) throws Exception {
    return run(System.getProperty("java.class.path"), options, classes);
  }

  /** Runs classes on the JUnit whose jars are in a folder that the build filled. */
  static OtherJvm runOn(String junit, String... classes) throws Exception {
    Path folder = Path.of("target", junit);
    Stream<String> ours = Arrays.stream(
            System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !new File(entry).getName().matches("junit-(jupiter|platform).*\\.jar"));
    try (Stream<Path> theirs = Files.list(folder)) {
      String path = String.join(
          File.pathSeparator, Stream.concat(theirs.map(Path::toString), ours).toList());
      return run(path, List.of(), classes);
    }
  }

  private static OtherJvm run(String classPath, List<String> options, String... classes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Launching.class.getName()));
    command.addAll(List.of(classes));
    Path log = Files.createTempFile("other-jvm", ".log");
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        Process unused = process.destroyForcibly();
      }
      String output = Files.readString(log);
      assertThat(ended).as(output).isTrue();
      return new OtherJvm(process.exitValue(), output);
    } finally {
      Files.delete(log);
    }
  }

  int exit() {
    return exit;
  }

  String output() {
    return output;
  }
}
