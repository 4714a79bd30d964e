package dev.purser.okhttp;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Watches all that is logged and printed in all tests of this module, and what they {@link #show} it,
 * for secrets: real credentials of tests begin with {@link #REAL}, and virtual keys show themselves. A
 * test fails after which one is found; so does the run, for what is logged after the last test.
 */
public final class LeakWatch implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** What every real credential of a test begins with. */
  static final String REAL = "REAL-CREDENTIAL-";

  private static final Pattern SECRET = Pattern.compile(
      REAL + "[A-Za-z0-9-]+|purser_[A-Za-z0-9]{12}_[A-Za-z0-9]{43}|sk-very-secret[a-z0-9-]*");
  private static final int LONGEST = 200;

  private static final StringBuilder SEEN = new StringBuilder();
  private static int checked;

  /** Loggers are forgotten, with their levels, if nobody holds them. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger(""), Logger.getLogger("dev.purser"), Logger.getLogger("okhttp3"));

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(LeakWatch.class))
        .getOrComputeIfAbsent(Installed.class, type -> new Installed(), Installed.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context.getDisplayName());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check(context.getDisplayName());
  }

  /** Has something looked at as if it had been logged; an exception with all that it comes with. */
  static void show(Object shown) {
    if (shown instanceof Throwable thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace, true));
      see(trace.toString());
    }
    see(String.valueOf(shown));
  }

  /** The provider may log what it was sent; on OkHttp 5 it has another name. */
  static boolean isTheProviders(LogRecord line) {
    return String.valueOf(line.getLoggerName()).contains("mockwebserver");
  }

  private static void see(String text) {
    synchronized (SEEN) {
      SEEN.append(text).append('\n');
    }
  }

  /** Returns how much was seen so far. */
  static int seen() {
    synchronized (SEEN) {
      return SEEN.length();
    }
  }

  private static void check(String after) {
    synchronized (SEEN) {
      int from = Math.max(0, checked - LONGEST); // it may have been half written then
      Matcher leak = SECRET.matcher(SEEN).region(from, SEEN.length());
      checked = SEEN.length();
      if (leak.find()) {
        String before = SEEN.substring(Math.max(0, leak.start() - 100), leak.start());
        SEEN.setLength(0);
        checked = 0;
        throw new AssertionError("a secret was shown, at the latest in " + after + ", behind: "
            + SECRET.matcher(before).replaceAll("[secret]"));
      }
    }
  }

  /** Lives as long as the run. */
  private static final class Installed extends Handler implements AutoCloseable {

    Installed() {
      System.setOut(new PrintStream(new Tee(System.out), true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
      setLevel(Level.ALL);
      LOGGERS.forEach(logger -> logger.setLevel(Level.ALL));
      LOGGERS.get(0).addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (isTheProviders(line)) {
        return;
      }
      show(line.getMessage());
      for (Object each : line.getParameters() == null ? new Object[0] : line.getParameters()) {
        show(each);
      }
      if (line.getThrown() != null) {
        show(line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      check("the whole run");
    }
  }

  /** Passes on what is printed, and has it looked at. */
  private static final class Tee extends OutputStream {
    private final OutputStream on;

    Tee(OutputStream on) {
      this.on = on;
    }

    @Override
    public void write(int octet) throws java.io.IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
      on.write(bytes, offset, length);
      synchronized (SEEN) {
        SEEN.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
    }

    @Override
    public void flush() throws java.io.IOException {
      on.flush();
    }
  }
}
