package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which starts fast and may be killed. What it prints goes to a file. */
final class Child implements AutoCloseable {

  /** How a process ends that SIGKILL ended. */
  static final int KILLED = 128 + 9;

  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a class that has a main method. */
  static Child start(Path log, Class<?> main, String... args) throws IOException {
    return run(log, java(main, args));
  }

  /** Starts a class whose files may become so long, in KiB, and no longer: the kernel sees to it. */
  static Child startWithShortFiles(int kib, Path log, Class<?> main, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "bash"));
    command.addAll(java(main, args));
    return run(log, command);
  }

  private static List<String> java(Class<?> main, String... args) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName()));
    command.addAll(Arrays.asList(args));
    return command;
  }

  private static Child run(Path log, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C"); // messages of the kernel in English
    return new Child(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as {@code kill -9} does: it learns nothing of it. */
  void kill() {
    Process unused = process.destroyForcibly();
  }

  /** Waits until it has ended, and in this way. */
  void ended(int how) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as(this::said)
        .isTrue();
    assertThat(process.exitValue()).as(this::said).isEqualTo(how);
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
