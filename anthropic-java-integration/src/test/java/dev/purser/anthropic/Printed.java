package dev.purser.anthropic;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sees all that is printed and logged between its making and its end. */
final class Printed implements AutoCloseable {

  /** The SDK's own prints and SLF4J's simple logger end in these two; System.Logger in java.util.logging. */
  private final PrintStream out = System.out;

  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("dev.purser");
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord line) {
      see(line.getMessage() + " " + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  Printed() {
    System.setOut(new PrintStream(tee(out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(tee(err), true, StandardCharsets.UTF_8));
    ours.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  private void see(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    seen.write(bytes, 0, bytes.length);
  }

  private OutputStream tee(OutputStream real) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws java.io.IOException {
        seen.write(octet);
        real.write(octet);
      }
    };
  }

  String text() {
    return seen.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    System.setOut(out);
    System.setErr(err);
  }
}
