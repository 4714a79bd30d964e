package dev.purser.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs the stress tests of this module, in virtual machines of their own. jcstress ends with an error
 * where an outcome is forbidden, a test hangs or a virtual machine dies; but also quietly where it
 * finds nothing to run, so what has run is looked up in its results.
 */
class ForbiddenOutcomesTest {

  /**
   * A tenth of a second each, without the models. Most of the time goes into starting a virtual machine
   * for each test, so it is a small one.
   */
  private static final String QUICKLY = "-m quick -f 1 -iters 1 -time 100 -t ^(?!.*Model$).*$"
      + " -hs 64 -pth false"
      + " -jvmArgs -Xmx64m -jvmArgs -XX:+UseSerialGC -jvmArgs -XX:TieredStopAtLevel=1";

  @Test
  void noneIsSeenInAShortRun() throws Exception {
    Set<String> expected = TestList.tests().stream()
        .filter(name -> !name.endsWith("Model"))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(run("short", QUICKLY)).isEqualTo(expected);
  }

  /** Interpreted, compiled by one compiler, by both, and with the optimiser's choices at random. */
  @Test
  @Tag("long")
  void noneIsSeenInALongRun() throws Exception {
    assertThat(run("long", "-m " + System.getProperty("purser.stress.mode", "default")))
        .isEqualTo(new TreeSet<>(TestList.tests()));
  }

  /** Returns the names of the tests that have run. */
  private static Set<String> run(String name, String options) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "jcstress", name));
    deleteResults(folder);
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        // Whole cores are not to be had where others build too.
        "-af",
        "NONE",
        "-sc",
        "false",
        "-r",
        "report"));
    command.addAll(List.of(options.split(" ")));
    int exit = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
    assertThat(exit).as("see %s:%n%s", log.toAbsolutePath(), verdict(log)).isZero();
    return testsThatRan(folder);
  }

  private static void deleteResults(Path folder) throws IOException {
    for (Path result : results(folder)) {
      Files.delete(result);
    }
  }

  private static List<Path> results(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
    }
  }

  private static String verdict(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.indexOf("RUN RESULTS")));
  }

  private static Set<String> testsThatRan(Path folder) throws Exception {
    Set<String> names = new TreeSet<>(Comparator.naturalOrder());
    for (Path result : results(folder)) {
      File file = result.toFile();
      DiskReadCollector results =
          new DiskReadCollector(file.getPath(), ran -> names.add(ran.getName()));
      results.dump();
      results.close();
    }
    return names;
  }
}
