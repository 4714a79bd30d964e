package dev.purser.benchmarks;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run ran on. */
final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*)");

  private Machine() {}

  /** Returns the name of the processor, where the system says it. */
  static String processor() throws IOException {
    Matcher model = MODEL.matcher(Files.exists(CPU_INFO) ? Files.readString(CPU_INFO) : "");
    return model.find() ? model.group(1) : System.getProperty("os.arch");
  }

  /** Returns the name of the system. */
  static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version");
  }

  /** Returns the version of a library, by the name of its jar on the class path. */
  static String version(String artifact) {
    Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
    for (String each :
        Splitter.on(File.pathSeparatorChar).split(System.getProperty("java.class.path"))) {
      Matcher found = jar.matcher(new File(each).getName());
      if (found.matches()) {
        return found.group(1);
      }
    }
    return "unknown";
  }
}
