package consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands between the marks in these classes stands in the README, line by line. */
class LinesTest {

  @Test
  void whatIsCompiledHereStandsInTheReadme() throws Exception {
    String readme = bare(Files.readString(Path.of(System.getProperty("readme"))));
    int compared = 0;
    for (String file : List.of("ReadmeTest", "RestOfTheReadmeTest")) {
      boolean shown = false;
      for (String line :
          Files.readAllLines(Path.of("src/test/java/consumer/" + file + ".java"))) {
        if (line.strip().equals("// README")) {
          shown = true;
        } else if (line.strip().equals("// end")) {
          shown = false;
        } else if (shown && !line.contains("spendFolder")) {
          assertTrue(readme.contains(bare(line)), line);
          compared++;
        }
      }
    }
    assertTrue(compared > 40, "lines compared: " + compared);
  }

  private static String bare(String code) {
    return code.replaceAll("\\s+", "");
  }
}
